import { exact, subtract, add, toDecimal } from "../kernel/exact.ts";
import { nanosFromMinor } from "../kernel/money.ts";
import { moneyFromMinor, moneyFromNanos } from "../platform/graphql/money.type.ts";
import { countedScale } from "../rating/meter.ts";
import type { Decision } from "./authorize-usage.ts";
import type { Work } from "./decide-usage.ts";
import type { HoldType, SpendingType, UsageDecisionType } from "./entitlements.type.ts";
import type { Hold } from "./find-hold.ts";
import { heldNanos } from "./held-usage.ts";
import type { Spending } from "./spending.ts";

export function decisionView(decision: Decision, work: Work): UsageDecisionType {
  const { reason, remaining, estimate, resetAt, rate, hold } = decision;
  return {
    allowed: reason === null,
    reason,
    message: messageFor(decision, work),
    remaining: remaining === null ? null : toDecimal(remaining),
    resetAt,
    retryAfterSeconds: reason === "RATE_LIMITED" ? (rate?.retryAfterSeconds ?? 1) : null,
    estimatedAmount: moneyFromNanos(estimate),
    hold: hold === null ? null : holdView(hold),
  };
}

/** The reason in a sentence: what is left, when it resets, the way on. */
function messageFor({ reason, remaining, resetAt, rate }: Decision, work: Work): string | null {
  const reset = resetAt.toISOString();
  switch (reason) {
    case null:
      return null;
    case "SUBSCRIPTION_INACTIVE":
      return "The subscription is paused or canceled. Resume it, or choose a plan.";
    case "NOT_ENTITLED":
      return `The plan does not grant all of: ${work.requires.join(", ")}. Choose a plan that does.`;
    case "QUOTA_EXCEEDED":
      return `The allowance has ${remaining === null ? "not enough" : toDecimal(remaining)} left, which is too little for this work. It begins anew at ${reset}; a larger plan has more at once.`;
    case "SPENDING_CAP":
      return `The work would take the period's usage past its spending cap. Raise the cap, or wait for ${reset}.`;
    case "RATE_LIMITED":
      return `The plan allows ${rate?.limit ?? 0} starts a minute. Ask again in ${rate?.retryAfterSeconds ?? 1} seconds.`;
  }
}

export const holdView = (hold: Hold): HoldType => ({
  id: hold.id,
  expiresAt: hold.expiresAt,
  state: hold.state,
  action: hold.action,
  complexity: hold.complexity,
  model: hold.model,
  quantity: (hold.held.generations + hold.held.api_calls).toString(),
  computeMinutes: toDecimal(exact(hold.held.compute, countedScale.compute)),
  estimatedAmount: moneyFromNanos(heldNanos(hold.held)),
  placedAt: hold.placedAt,
  endedAt: hold.endedAt,
  keyPrefix: hold.keyPrefix,
});

export function spendingView({ capMinor, spent, held, periodEnd }: Spending): SpendingType {
  const left = capMinor === null ? null : subtract(nanosFromMinor(capMinor), add(spent, held));
  return {
    cap: capMinor === null ? null : moneyFromMinor(capMinor),
    spent: moneyFromNanos(spent),
    held: moneyFromNanos(held),
    reached: left !== null && left.numerator <= 0n,
    resetAt: periodEnd,
  };
}
