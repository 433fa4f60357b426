import { currentPlan, type PublishedPlan } from "../catalog/read-catalog.ts";
import { instantOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { changePlanWithin, setStanding } from "../subscriptions/change-plan-within.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { saveSubscription } from "../subscriptions/save-subscription.ts";
import { firstPeriod } from "../subscriptions/subscription.ts";
import { switchPlan } from "../subscriptions/switch-plan.ts";
import type { ReadSubscription, SubscriptionMirror } from "./stripe-subscription.ts";

/** What Stripe's state meant for ours. */
export type Adopted = {
  readonly subscription: CurrentSubscription;
  /** True when the plan stands on this subscription from now on. */
  readonly granted: boolean;
  /** What happened, for the audit log; null when nothing did. */
  readonly news: "granted" | "changed" | "ended" | "past-due" | "restored" | "paused" | "resumed" | null;
};

/**
 * Takes over what Stripe says about a subscription into the organization's own, which is locked.
 *
 * Only a paid invoice gives access to a paid plan, or an agreement with staff. What was given stays
 * while Stripe collects; a plan that was changed at Stripe rates usage from now on.
 *
 * @param before the mirror's row from the last time, null the first time
 */
export async function adoptSubscription(
  sql: Sql,
  current: CurrentSubscription,
  read: ReadSubscription,
  plan: PublishedPlan,
  before: SubscriptionMirror | null,
  now: Date,
): Promise<Adopted> {
  const granted = before?.granted ?? false;
  if (read.endedAt !== null) return end(sql, current, read, plan, read.endedAt, granted);
  if (read.status === "trialing") return adoptTrial(sql, current, read, plan, granted, now);
  if (read.status !== "active" && read.status !== "past_due" && read.status !== "unpaid" && read.status !== "paused")
    return { subscription: current, granted, news: null };
  if (!granted) return grant(sql, current, read, plan, now);
  return follow(sql, current, read, plan, now);
}

/** The first paid invoice puts the organization on the plan; an agreement has done so already. */
async function grant(
  sql: Sql,
  current: CurrentSubscription,
  read: ReadSubscription,
  plan: PublishedPlan,
  now: Date,
): Promise<Adopted> {
  const agreed =
    current.planCode !== "free" &&
    current.trialEndsAt === null &&
    current.planVersionId === plan.id &&
    current.collection === read.collection;
  if (agreed) return { ...(await follow(sql, current, read, plan, now)), granted: true, news: "granted" };
  if (!read.latestInvoicePaid) return { subscription: current, granted: false, news: null };
  const period = { start: laterOf(read.periodStart, current.currentPeriodStart), end: read.periodEnd };
  const subscription = await switchPlan(sql, current, plan, period, {
    status: "ACTIVE",
    anchorAt: read.anchorAt,
    agreedMinor: read.agreedMinor,
    collection: read.collection,
  });
  return { subscription, granted: true, news: "granted" };
}

/** What Stripe changed about the subscription that the plan stands on. */
async function follow(
  sql: Sql,
  current: CurrentSubscription,
  read: ReadSubscription,
  plan: PublishedPlan,
  now: Date,
): Promise<Adopted> {
  let subscription = current;
  let news: Adopted["news"] = null;
  if (plan.id !== subscription.planVersionId && isOfNow(current, read, plan)) {
    subscription = await changePlanWithin(sql, subscription, plan, now, "upgrade");
    news = "changed";
  }
  subscription = await alignPeriod(sql, subscription, read, now);
  const standing = {
    cancelAt: read.cancelAt,
    nextPlanVersionId: await plannedNext(sql, subscription, read.scheduleId),
    pastDueSince: await owesSince(sql, current.organizationId, read, now),
    pausedAt: read.paused ? (subscription.pausedAt ?? now) : null,
  };
  if ((standing.pastDueSince === null) !== (subscription.pastDueSince === null))
    news = standing.pastDueSince === null ? "restored" : "past-due";
  if ((standing.pausedAt === null) !== (subscription.pausedAt === null))
    news = standing.pausedAt === null ? "resumed" : "paused";
  return { subscription: await setStanding(sql, subscription, standing, now), granted: true, news };
}

/**
 * Since when it owes. Of invoices that are sent several may be open, the newest of them not even due,
 * and Stripe shows only that one: the oldest that is overdue counts.
 */
async function owesSince(
  sql: Sql,
  organizationId: string,
  { stripeId, collection, pastDueSince }: ReadSubscription,
  now: Date,
): Promise<Date | null> {
  if (pastDueSince === null || collection !== "INVOICE") return pastDueSince;
  const [oldest] = await sql<{ due_at: unknown }>(
    `select min(due_at) as due_at from invoices
     where organization_id = $1 and stripe_subscription_id = $2 and status = 'OPEN' and due_at <= $3`,
    [organizationId, stripeId, now],
  );
  return instantOrNull(oldest?.due_at ?? null) ?? (pastDueSince.getTime() <= now.getTime() ? pastDueSince : null);
}

/**
 * True when Stripe speaks of the period that is open here. At a period's end one of the two is there
 * first: what Stripe says about the period before is over, and a change that was scheduled comes
 * with the period that it begins.
 */
function isOfNow(current: CurrentSubscription, read: ReadSubscription, plan: PublishedPlan): boolean {
  if (read.periodEnd.getTime() <= current.currentPeriodStart.getTime()) return false;
  return read.periodStart.getTime() < current.currentPeriodEnd.getTime() || plan.id !== current.nextPlanVersionId;
}

/** The plan version that a schedule of ours puts into force when the period ends; null once it has. */
async function plannedNext(
  sql: Sql,
  { organizationId, planVersionId }: CurrentSubscription,
  scheduleId: string | null,
): Promise<string | null> {
  if (scheduleId === null) return null;
  const [call] = await sql<{ next: string | null }>(
    `select params ->> 'planVersionId' as next from stripe_outbox
     where organization_id = $1 and kind = 'schedule.downgrade' and result_id = $2 order by id desc limit 1`,
    [organizationId, scheduleId],
  );
  return call?.next === planVersionId ? null : (call?.next ?? null);
}

/** Periods end when Stripe's end: the anchors are the same but for the second in which a call was made. */
async function alignPeriod(
  sql: Sql,
  current: CurrentSubscription,
  read: ReadSubscription,
  now: Date,
): Promise<CurrentSubscription> {
  const overlaps =
    read.periodStart.getTime() < current.currentPeriodEnd.getTime() &&
    current.currentPeriodStart.getTime() < read.periodEnd.getTime();
  const same =
    read.periodEnd.getTime() === current.currentPeriodEnd.getTime() &&
    read.anchorAt.getTime() === current.anchorAt.getTime();
  if (!overlaps || same) return current;
  const aligned = { ...current, anchorAt: read.anchorAt, currentPeriodEnd: read.periodEnd };
  await sql("update billing_periods set end_at = $3 where organization_id = $1 and id = $2", [
    current.organizationId,
    current.currentPeriodId,
    read.periodEnd,
  ]);
  await saveSubscription(sql, aligned, now);
  return aligned;
}

/** A trial at Stripe decides its end, and which plan is tried: ours began when it was asked for. */
async function adoptTrial(
  sql: Sql,
  current: CurrentSubscription,
  read: ReadSubscription,
  plan: PublishedPlan,
  granted: boolean,
  now: Date,
): Promise<Adopted> {
  if (current.status !== "TRIALING") return { subscription: current, granted, news: null };
  const changed = plan.id !== current.planVersionId;
  const subscription = changed ? await changePlanWithin(sql, current, plan, now, "upgrade") : current;
  const settled =
    subscription.cancelAt?.getTime() === read.cancelAt?.getTime()
      ? subscription
      : await setStanding(sql, subscription, { cancelAt: read.cancelAt }, now);
  return { subscription: settled, granted, news: changed ? "changed" : null };
}

/** A subscription that ended leaves Free behind, from that instant on, when it is what the plan stands on. */
async function end(
  sql: Sql,
  current: CurrentSubscription,
  read: ReadSubscription,
  plan: PublishedPlan,
  endedAt: Date,
  granted: boolean,
): Promise<Adopted> {
  const stands = current.status === "TRIALING" ? isItsTrial(current, read, endedAt) : granted;
  if (current.planCode === "free" || !stands || isReplaced(current, read, plan))
    return { subscription: current, granted: false, news: granted ? "ended" : null };
  const free = await currentPlan(sql, "free");
  const at = laterOf(endedAt, current.currentPeriodStart);
  const subscription = await switchPlan(sql, current, free, firstPeriod(at), { status: "ACTIVE" });
  return { subscription, granted: false, news: "ended" };
}

/** True when the trial that runs was cut short. What ended before it began has no part in it. */
const isItsTrial = ({ trialEndsAt }: CurrentSubscription, { trialEnd }: ReadSubscription, endedAt: Date): boolean =>
  trialEndsAt !== null && trialEnd?.getTime() === trialEndsAt.getTime() && endedAt < trialEndsAt;

/** True when an agreement has come since: it ends what stood before it, and stands itself. */
const isReplaced = (current: CurrentSubscription, read: ReadSubscription, plan: PublishedPlan): boolean =>
  current.collection === "INVOICE" &&
  (read.collection !== "INVOICE" || read.agreedMinor !== current.agreedMinor || plan.id !== current.planVersionId);

const laterOf = (a: Date, b: Date): Date => (a.getTime() < b.getTime() ? b : a);
