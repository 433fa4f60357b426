import type { PublishedPlan } from "../catalog/read-catalog.ts";
import type { Period } from "../kernel/period.ts";
import type { CurrentSubscription } from "./current-subscription.ts";
import { accessUntil, nextPeriod, withOverrides } from "./subscription.ts";

/** A period that begins when the one before it ends. */
export type Turn = {
  readonly period: Period;
  readonly planVersionId: string;
  /** True when Free's limits hold in it from its start, because a renewal is unpaid. */
  readonly restricted: boolean;
};

/** What brings a subscription up to an instant: the periods that follow, and itself in the last of them. */
export type RolledOver = {
  readonly turns: readonly Turn[];
  /** Still with the id of the period that is over: those that follow have theirs once they are opened. */
  readonly subscription: CurrentSubscription;
};

/**
 * The periods that follow one another up to `now`, however long nobody came by.
 *
 * @param plans Free, and the one that is scheduled to follow
 */
export function rollOver(
  subscription: CurrentSubscription,
  now: Date,
  plans: { readonly free: PublishedPlan; readonly scheduled: PublishedPlan | null },
): RolledOver {
  const turns: Turn[] = [];
  let current = subscription;
  while (current.currentPeriodEnd.getTime() <= now.getTime()) {
    const next = nextPeriod(current);
    const fell = next.plan === "free";
    const plan = fell ? plans.free : current.nextPlanVersionId === null ? current.plan : plans.scheduled;
    if (plan === null) throw new Error("the scheduled plan is not known");
    // Free asks for nothing, so nothing restricts it.
    const restrictedAt = fell ? null : current.restrictedAt;
    turns.push({ period: next.period, planVersionId: plan.id, restricted: restrictedAt !== null });
    current = {
      ...current,
      planVersionId: plan.id,
      planCode: plan.code,
      status: fell ? "ACTIVE" : current.status,
      anchorAt: next.anchorAt,
      currentPeriodStart: next.period.start,
      currentPeriodEnd: next.period.end,
      trialEndsAt: fell ? null : current.trialEndsAt,
      cancelAt: fell ? null : current.cancelAt,
      agreedMinor: fell || plan.id !== current.planVersionId ? null : current.agreedMinor,
      collection: fell ? "CARD" : current.collection,
      nextPlanVersionId: null,
      pastDueSince: fell ? null : current.pastDueSince,
      restrictedAt,
      pausedAt: fell ? null : current.pausedAt,
      plan,
      card: restrictedAt === null ? withOverrides(plan.card, current.overrides) : plans.free.card,
    };
  }
  return { turns, subscription: current };
}

/** From when on Free's limits hold, a week after a renewal failed; null when they do not, or do already. */
export function restrictedFrom({ pastDueSince, restrictedAt }: CurrentSubscription, now: Date): Date | null {
  const until = accessUntil(pastDueSince);
  return until === null || restrictedAt !== null || now.getTime() < until.getTime() ? null : until;
}
