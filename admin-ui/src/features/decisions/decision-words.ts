import { compareDecimals, isZero, shareOf, sumDecimals } from "../../lib/decimal";
import { formatDay, formatInstant } from "../../lib/instant";
import { formatPercent } from "../../lib/quantity";

export type OutcomeCount = { readonly outcome: string; readonly count: string };

const REASONS: Readonly<Record<string, { readonly label: string; readonly meaning: string }>> = {
  QUOTA_EXCEEDED: { label: "Allowance used up", meaning: "A hard limit leaves too little of the allowance." },
  SPENDING_CAP: { label: "Spending cap", meaning: "The work would take usage past the cap that its owner set." },
  RATE_LIMITED: { label: "Rate limit", meaning: "More starts a minute than the plan allows." },
  NOT_ENTITLED: { label: "Not in the plan", meaning: "The work needs a right that the plan does not grant." },
  SUBSCRIPTION_INACTIVE: { label: "Inactive", meaning: "The subscription is paused or canceled." },
};

/** The reasons for a refusal in the order in which they are shown. */
export const REFUSALS = Object.keys(REASONS);

export const reasonLabel = (outcome: string): string => REASONS[outcome]?.label ?? outcome;
export const reasonMeaning = (outcome: string): string => REASONS[outcome]?.meaning ?? "";

/** How often it was answered so. */
export const countOf = (outcomes: readonly OutcomeCount[], outcome: string): string =>
  outcomes.find((each) => each.outcome === outcome)?.count ?? "0";

export const allowedOf = (outcomes: readonly OutcomeCount[]): string => countOf(outcomes, "ALLOWED");

export const refusedOf = (outcomes: readonly OutcomeCount[]): string =>
  sumDecimals(outcomes.filter(({ outcome }) => outcome !== "ALLOWED").map(({ count }) => count));

/** "3.2%", and "under 0.1%" for what would read as nothing. */
export function refusedShare(outcomes: readonly OutcomeCount[]): string {
  const refused = refusedOf(outcomes);
  const all = sumDecimals(outcomes.map(({ count }) => count));
  if (isZero(all)) return "-";
  const share = shareOf(refused, all);
  return compareDecimals(refused, "0") > 0 && share < 0.001 ? "under 0.1%" : formatPercent(share);
}

/** When an hour or a day began. */
export const stepLabel = (at: string, step: string): string => (step === "HOUR" ? formatInstant(at) : formatDay(at));
