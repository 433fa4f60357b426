import type { PlanComparison_PlanFragment } from "../../gql/documents";
import { compareDecimals } from "../../lib/decimal";
import { formatAmount, formatDigits } from "../../lib/money";
import { formatDecimal, meterName, METERS } from "../../lib/quantity";
import { FEATURES, pastAllowanceShort, SUPPORT } from "./plan-words";

type Plan = PlanComparison_PlanFragment;

export type ComparisonRow = {
  readonly label: string;
  /** What each plan says, in the order of the plans. */
  readonly values: readonly string[];
};

const UNITS: Readonly<Record<string, string>> = { storage: " GB", compute: " min" };

/** The plans side by side: a row for each thing that can differ. Rows on which all are silent are left out. */
export function comparisonOf(plans: readonly Plan[]): readonly ComparisonRow[] {
  const row = (label: string, value: (plan: Plan) => string): ComparisonRow => ({ label, values: plans.map(value) });
  return [
    row("Price a month", priceOf),
    ...METERS.map((meter) => row(`${meterName(meter)} included`, (plan) => included(plan, meter))),
    row("Past the allowance", ({ limitKind }) => pastAllowanceShort(limitKind)),
    ...METERS.map((meter) => row(`${meterName(meter)}, each past it`, (plan) => unitPrice(plan, meter))),
    row("Active projects", (plan) => limitOf(plan, "active_projects")),
    row("Integrations", (plan) => choiceOf(plan, "integrations")),
    ...Object.entries(FEATURES).map(([key, label]) => row(label, (plan) => (has(plan, key) ? "Yes" : "No"))),
    row("Support", ({ support }) => SUPPORT[support] ?? support),
    row("API calls a minute", (plan) => rate(plan, "API_CALL")),
    row("Generations a minute", (plan) => rate(plan, "GENERATION")),
  ].filter(({ values }) => values.some((value) => value !== NONE));
}

/** Says nothing about a thing. */
export const NONE = "-";

function priceOf({ monthlyPrice, monthlyPriceIsMinimum }: Plan): string {
  return `${monthlyPriceIsMinimum ? "from " : ""}${formatAmount(monthlyPrice)}`;
}

function included({ included: all }: Plan, meter: string): string {
  const allowance = all.find((each) => each.meter === meter);
  if (!allowance) return NONE;
  return allowance.quantity === null ? "Unlimited" : `${formatDecimal(allowance.quantity)}${UNITS[meter] ?? ""}`;
}

function unitPrice({ prices, limitKind }: Plan, meter: string): string {
  const own = prices
    .filter((price) => price.meter === meter)
    .toSorted((a, b) => compareDecimals(a.unitPrice.amount, b.unitPrice.amount));
  const [least, most] = [own[0], own.at(-1)];
  if (limitKind !== "OVERAGE" || !least || !most) return NONE;
  return least.unitPrice.amount === most.unitPrice.amount
    ? formatDigits(least.unitPrice)
    : `${formatDigits(least.unitPrice)} to ${formatDigits(most.unitPrice)}`;
}

const right = ({ entitlements }: Plan, key: string) => entitlements.find((each) => each.key === key);

const has = (plan: Plan, key: string): boolean => right(plan, key)?.enabled ?? false;

function limitOf(plan: Plan, key: string): string {
  const found = right(plan, key);
  if (!found?.enabled) return NONE;
  return found.limit === null ? "Unlimited" : formatDecimal(found.limit);
}

function choiceOf(plan: Plan, key: string): string {
  const value = right(plan, key)?.value;
  return value ? value.charAt(0).toUpperCase() + value.slice(1) : NONE;
}

function rate({ rateLimits }: Plan, action: string): string {
  const found = rateLimits.find((each) => each.action.toUpperCase().startsWith(action));
  return found ? formatDecimal(String(found.perMinute)) : NONE;
}
