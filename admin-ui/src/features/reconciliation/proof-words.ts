import type { ProofSummary_ReportFragment } from "../../gql/documents";
import { multiplyDecimals } from "../../lib/decimal";
import { formatAmount } from "../../lib/money";
import { formatCount, plural } from "../../lib/quantity";
import type { Tone } from "../../ui/Status";

export type Summary = Omit<ProofSummary_ReportFragment, " $fragmentName">;

const RULES: Readonly<Record<string, string>> = {
  "usage-events": "Each usage event lies in one billing period",
  "usage-totals": "Totals are the sums of their events",
  "usage-charges": "Charges are what the totals come to",
  "charge-lines": "Each charge is one line of one invoice",
  "manual-lines": "Each line by hand is on its invoice",
  fees: "Fees are the plan's, or the agreed ones",
  quotes: "Changes of plan cost what was quoted",
  "invoice-lines": "Lines add up to subtotal and total",
  payments: "What is paid is the sum of the payments",
  "credit-notes": "Credits are refunds, balance and other ways together",
  "stripe-invoices": "Invoices are as Stripe has them",
  "stripe-credit-notes": "Credit notes are as Stripe has them",
  "stripe-refunds": "Refunds are as Stripe has them",
  "stripe-customers": "Customers are as Stripe has them",
  "stripe-subscriptions": "Subscriptions are as Stripe has them",
  "stripe-catalog": "Products and prices at Stripe are the catalog's",
  subscriptions: "Plans are what their subscriptions at Stripe grant",
};

/** A rule of the proof as a sentence. */
export const ruleWords = (rule: string): string => RULES[rule] ?? rule;

/** How many objects a report was held against, over all its rules. */
export const checkedCount = ({ checked }: Pick<Summary, "checked">): number =>
  checked.reduce((sum, { count }) => sum + count, 0);

/** How a report came out. */
export function proofState(report: Summary): { readonly label: string; readonly tone: Tone } {
  if (report.finishedAt === null) return { label: "Running", tone: "info" };
  if (report.error !== null) return { label: "Not finished", tone: "bad" };
  return report.clean
    ? { label: "Clean", tone: "good" }
    : { label: plural(report.differenceCount, "difference"), tone: "bad" };
}

/** "18,204 objects agree to the cent". */
export function proofSentence(report: Summary): string {
  if (report.finishedAt === null) return "It is under way.";
  if (report.error !== null) return `It could not be finished: ${report.error}`;
  const objects = `${formatCount(checkedCount(report))} objects`;
  return report.clean
    ? `${objects} were compared, and agree to the cent.`
    : `${objects} were compared; ${plural(report.differenceCount, "difference")} ${report.differenceCount === 1 ? "was" : "were"} found.`;
}

const WHOLE = /^-?\d+$/;

/** Fields whose figures are amounts of money in whole minor units. */
const isAmount = (field: string): boolean =>
  /minor|amount|total|subtotal|paid|due|remaining|credited|refund|tax|price|sum|balance/i.test(field);

/** One side of a difference, as money where it is an amount; null: this side has no such thing. */
export function sideWords(field: string, side: string | null): string {
  if (side === null) return "not there";
  if (!WHOLE.test(side) || !isAmount(field)) return side;
  return `${formatAmount({ amount: multiplyDecimals(side, "0.01"), currency: "USD" })}`;
}
