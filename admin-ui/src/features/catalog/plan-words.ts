import type { LimitKind, PlanCard_PlanFragment } from "../../gql/documents";
import { compareDecimals } from "../../lib/decimal";
import { formatDigits } from "../../lib/money";
import { formatDecimal, meterName, METERS } from "../../lib/quantity";

const NOUNS: Readonly<Record<string, string>> = {
  generations: "generations",
  api_calls: "API calls",
  storage: "GB of storage",
  compute: "compute minutes",
};

export const SUPPORT: Readonly<Record<string, string>> = {
  community: "Community support",
  priority: "Priority support",
  "24x7": "Support around the clock, with an SLA",
};

export const FEATURES: Readonly<Record<string, string>> = {
  custom_templates: "Custom templates",
  custom_models: "Custom models",
  sso: "SSO / SAML",
  on_premise: "On-premise",
  dedicated_resources: "Dedicated resources",
};

const PAST: Readonly<Record<LimitKind, string>> = {
  HARD: "Past the allowance, new work is refused: never a bill.",
  OVERAGE: "Past the allowance, each unit is billed at its price.",
  NONE: "Nothing to count: no allowance ends.",
};

/** What a plan includes a month, in the order of the meters. */
export function allowancesOf({ included }: Pick<PlanCard_PlanFragment, "included">): string[] {
  return METERS.flatMap((meter) => {
    const allowance = included.find((each) => each.meter === meter);
    if (!allowance) return [];
    const noun = NOUNS[meter] ?? meterName(meter);
    return [
      allowance.quantity === null
        ? `Unlimited ${noun.replace("GB of ", "")}`
        : `${formatDecimal(allowance.quantity)} ${noun}`,
    ];
  });
}

/** What a plan allows beside usage. */
export function featuresOf({
  entitlements,
  support,
}: Pick<PlanCard_PlanFragment, "entitlements" | "support">): string[] {
  const projects = entitlements.find(({ key }) => key === "active_projects");
  const integrations = entitlements.find(({ key }) => key === "integrations");
  return [
    ...(projects ? [projects.limit === null ? "Unlimited projects" : projectsOf(projects.limit)] : []),
    ...(integrations?.value ? [integrations.value === "all" ? "All integrations" : "Basic integrations"] : []),
    ...entitlements.filter(({ key, enabled }) => enabled && key in FEATURES).map(({ key }) => FEATURES[key] ?? key),
    SUPPORT[support] ?? support,
  ];
}

const projectsOf = (limit: string) =>
  compareDecimals(limit, "1") === 0 ? "1 active project" : `${formatDecimal(limit)} active projects`;

/** What happens past the allowance, and at which prices. */
export const pastAllowance = (limitKind: LimitKind): string => PAST[limitKind];

/** The same for a cell of a table. */
export const pastAllowanceShort = (limitKind: LimitKind): string =>
  ({ HARD: "New work is refused", OVERAGE: "Each unit is billed", NONE: "Nothing to count" })[limitKind];

/** "Generation from $0.10, call $0.001". */
export function priceLine({ prices }: Pick<PlanCard_PlanFragment, "prices">): string {
  return METERS.flatMap((meter) => {
    const own = prices.filter((price) => price.meter === meter);
    const least = own.toSorted((a, b) => compareDecimals(a.unitPrice.amount, b.unitPrice.amount))[0];
    return least ? [`${least.unit} ${own.length > 1 ? "from " : ""}${formatDigits(least.unitPrice)}`] : [];
  }).join(", ");
}
