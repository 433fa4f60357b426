import type { EntitlementTerms, PlanTerms } from "../catalog/plan-terms.ts";
import { type Exact, exact, parseDecimal, subtract, toDecimal } from "../kernel/exact.ts";
import { type MeterCode, meterCodes } from "../rating/meter.ts";

/** What of an organization's use a smaller plan may not hold. */
export type InUse = { readonly activeProjects: number; readonly storedBytes: bigint };

/** What a change of plan takes away, in words for the person who decides. */
export type Losses = {
  /** Use that the plan does not hold: it must be confirmed. */
  readonly unfit: readonly string[];
  /** Rights and allowances that go. */
  readonly features: readonly string[];
};

const BYTES_PER_GB = 1_000_000_000n;

/** What is lost by going from one plan to another. */
export function lossesOf(from: PlanTerms, to: PlanTerms, inUse: InUse): Losses {
  return {
    unfit: [...projectsThatDoNotFit(to, inUse), ...storageThatDoesNotFit(to, inUse)],
    features: [...lostEntitlements(from, to), ...smallerAllowances(from, to), ...lesserSupport(from, to)],
  };
}

function projectsThatDoNotFit(to: PlanTerms, { activeProjects }: InUse): string[] {
  const right = to.entitlements.find(({ key }) => key === "active_projects");
  if (!right || (right.enabled && right.limit === null)) return [];
  const limit = right.enabled ? decimal(right.limit ?? "0") : exact(0n);
  if (!exceeds(exact(BigInt(activeProjects)), limit)) return [];
  return [
    `${activeProjects} active ${activeProjects === 1 ? "project" : "projects"}, ${to.name} has ${toDecimal(limit)}`,
  ];
}

function storageThatDoesNotFit(to: PlanTerms, { storedBytes }: InUse): string[] {
  const { included } = to.meters.storage;
  if (included === null || !exceeds(exact(storedBytes, BYTES_PER_GB), decimal(included))) return [];
  return [`${gigabytes(storedBytes)} GB stored, ${to.name} includes ${included} GB`];
}

/** Rounded up to a tenth, so that what does not fit never reads as if it did. */
function gigabytes(bytes: bigint): string {
  const tenth = BYTES_PER_GB / 10n;
  return toDecimal(exact((bytes + tenth - 1n) / tenth, 10n));
}

/** Words for rights that are on or off; others are named by their key. */
const rights: Readonly<Record<string, string>> = {
  custom_templates: "Custom templates",
  custom_models: "Custom models",
  sso: "Single sign-on",
  on_premise: "On-premise installation",
  dedicated_resources: "Dedicated resources",
  integrations: "Integrations",
};

function lostEntitlements(from: PlanTerms, to: PlanTerms): string[] {
  return from.entitlements.flatMap((right) => {
    const after = to.entitlements.find(({ key }) => key === right.key);
    const name = rights[right.key] ?? right.key.replaceAll("_", " ");
    if (right.key === "active_projects") return fewerProjects(right, after, to.name);
    if (right.enabled && !after?.enabled)
      return [`${name} ${name.endsWith("s") ? "are" : "is"} not part of ${to.name}`];
    if (right.value === "all" && after?.value !== "all")
      return [`${name}: ${after?.value ?? "none"} only, instead of all`];
    return [];
  });
}

function fewerProjects(before: EntitlementTerms, after: EntitlementTerms | undefined, plan: string): string[] {
  const limit = after?.limit ?? null;
  if (after?.enabled && (limit === null || !isMore(before.limit, limit))) return [];
  return [
    `${limit ?? "No"} active ${limit === "1" ? "project" : "projects"} on ${plan}, instead of ${before.limit ?? "any number"}`,
  ];
}

const units: Readonly<Record<MeterCode, string>> = {
  generations: "generations",
  api_calls: "API calls",
  storage: "GB of storage",
  compute: "compute minutes",
};

function smallerAllowances(from: PlanTerms, to: PlanTerms): string[] {
  return meterCodes.flatMap((meter) => {
    const [before, after] = [from.meters[meter].included, to.meters[meter].included];
    if (after === null || !isMore(before, after)) return [];
    return [
      `${grouped(after)} ${units[meter]} included, instead of ${before === null ? "any number" : grouped(before)}`,
    ];
  });
}

const ranks: readonly string[] = ["community", "priority", "24x7"];

const lesserSupport = (from: PlanTerms, to: PlanTerms): string[] =>
  ranks.indexOf(to.support) < ranks.indexOf(from.support)
    ? [`${capital(to.support)} support, instead of ${from.support}`]
    : [];

/** True when `before` is more than `after`; null is unlimited. */
const isMore = (before: string | null, after: string): boolean =>
  before === null || exceeds(decimal(before), decimal(after));

const exceeds = (a: Exact, b: Exact): boolean => subtract(a, b).numerator > 0n;

function decimal(text: string): Exact {
  const value = parseDecimal(text);
  if (value === null) throw new RangeError(`${text} is no decimal`);
  return value;
}

const grouped = (whole: string): string => whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
