import type { PlanCode } from "../catalog/plan-terms.ts";
import { MINUTE_MS } from "../kernel/clock.ts";
import { wholeSecond } from "../subscriptions/subscription.ts";
import type { PlanChangeKind, QuoteLine } from "./plan-change.entity.ts";

/** How long an amount that was shown may be accepted. */
export const QUOTE_MS = 15 * MINUTE_MS;

/** What a change of plan was shown to cost and to mean. Amounts are whole minor units. */
export type PlanQuote = {
  readonly id: string;
  readonly kind: PlanChangeKind;
  readonly planVersionId: string;
  readonly fromPlanVersionId: string;
  /** From when on the rest of the period is charged, in whole seconds as the gateway counts. */
  readonly prorationAt: Date;
  readonly effectiveAt: Date;
  readonly dueNowMinor: bigint;
  readonly nextInvoiceMinor: bigint;
  readonly lines: readonly QuoteLine[];
  readonly losses: readonly string[];
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
};

/** How things stand when a quote is accepted. */
export type Standing = {
  readonly now: Date;
  readonly kind: PlanChangeKind;
  readonly planVersionId: string;
  readonly currentPlanVersionId: string;
  readonly currentPeriodStart: Date;
};

/** Says why a quote does not hold any more; null while it does. */
export function staleness(quote: PlanQuote, standing: Standing): string | null {
  if (quote.planVersionId !== standing.planVersionId) return "It was made for another plan";
  if (quote.usedAt !== null) return "It was used already";
  if (standing.now.getTime() >= quote.expiresAt.getTime()) return "It has expired";
  if (quote.fromPlanVersionId !== standing.currentPlanVersionId || quote.kind !== standing.kind)
    return "The subscription has changed since";
  // Proration counts whole seconds; a period may have begun within the same one.
  const periodStart = wholeSecond(standing.currentPeriodStart);
  if (quote.kind === "UPGRADE" && quote.prorationAt.getTime() < periodStart.getTime())
    return "A new period has begun since";
  return null;
}

/** What decides which kind of change it is. Prices are whole minor units a month. */
export type ChangeOfPlan = {
  readonly trialing: boolean;
  /** True when a paid subscription at the gateway carries the plan. */
  readonly granted: boolean;
  readonly from: PlanCode;
  readonly to: PlanCode;
  readonly fromMinor: bigint;
  readonly toMinor: bigint;
};

/** The kind of a change; null when it is none. A cheaper plan, Free among them, waits for the period's end. */
export function kindOfChange({ trialing, granted, from, to, fromMinor, toMinor }: ChangeOfPlan): PlanChangeKind | null {
  if (from === to) return null;
  if (trialing) return "TRIAL";
  if (!granted) return to === "free" ? null : "START";
  return toMinor > fromMinor ? "UPGRADE" : "DOWNGRADE";
}

/** The lines of a quote with what the customer's balance changes, and their sum: what will be charged. */
export function withBalance(
  lines: readonly QuoteLine[],
  balanceMinor: bigint,
  at: Date,
): { readonly lines: readonly QuoteLine[]; readonly dueMinor: bigint } {
  const total = lines.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n);
  // A balance below zero is credit; it pays no more than there is to pay.
  const applied = total <= 0n ? 0n : -balanceMinor > total ? -total : balanceMinor;
  if (applied === 0n) return { lines, dueMinor: total < 0n ? 0n : total };
  const line: QuoteLine = {
    kind: "CREDIT",
    description: applied < 0n ? "Credit on your balance" : "Owed from before",
    amountMinor: applied.toString(),
    periodStart: at.toISOString(),
    periodEnd: at.toISOString(),
  };
  return { lines: [...lines, line], dueMinor: total + applied };
}
