import type { Sql } from "../platform/database/sql.ts";
import { EdgeFault } from "../platform/graphql/errors.ts";
import type { PlanQuote } from "./plan-quote.ts";
import type { PlanChangeState } from "./plan-change-state.ts";
import { unixOf } from "./stripe-client.ts";
import { decideCall } from "./stripe-outbox.ts";
import type { SubscriptionMirror } from "./stripe-subscription.ts";

/** The calls of a change, in order; `paid` is the subscription that the last one changes, or makes. */
export type DecidedChange = { readonly keys: readonly string[]; readonly last: string; readonly paid: string };

/** Decides what Stripe is asked for a change of plan. Keys come from the quote: the same one is one change. */
export async function decidePlanChange(
  sql: Sql,
  state: PlanChangeState,
  quote: PlanQuote,
  priceId: string | null,
): Promise<DecidedChange> {
  const { organizationId } = state.current;
  if (quote.kind === "START") {
    const last = `start:${quote.id}`;
    await decideCall(sql, organizationId, {
      kind: "subscription.create",
      key: last,
      params: {
        planVersionId: quote.planVersionId,
        collection: "CARD",
        agreedMinor: null,
        trialEnd: null,
        since: null,
        mustPay: true,
      },
    });
    return { keys: [], last, paid: "new" };
  }
  const { at } = state;
  if (at === null)
    throw new EdgeFault("CONFLICT", "The subscription is still being set up at Stripe. Try again in a moment.");
  if (state.plan.code === "free") return endsAtPeriodEnd(sql, organizationId, at, quote.id);
  const keys = await clearTheWay(sql, organizationId, at, quote);
  const last = `${quote.kind.toLowerCase()}:${quote.id}`;
  if (quote.kind === "DOWNGRADE" || priceId === null)
    await decideCall(sql, organizationId, {
      kind: "schedule.downgrade",
      key: last,
      params: { subscriptionId: at.stripeId, planVersionId: quote.planVersionId },
    });
  else
    await decideCall(sql, organizationId, {
      kind: "subscription.update",
      key: last,
      params: {
        id: at.stripeId,
        params:
          quote.kind === "UPGRADE"
            ? {
                items: [{ id: at.itemId, price: priceId }],
                proration_behavior: "always_invoice",
                proration_date: unixOf(quote.prorationAt),
                payment_behavior: "pending_if_incomplete",
              }
            : { items: [{ id: at.itemId, price: priceId }], proration_behavior: "none" },
      },
    });
  return { keys, last, paid: at.stripeId };
}

/** Free follows what is canceled. */
async function endsAtPeriodEnd(
  sql: Sql,
  organizationId: string,
  at: SubscriptionMirror,
  quoteId: string,
): Promise<DecidedChange> {
  const keys = await releaseSchedule(sql, organizationId, at);
  const last = `end:${quoteId}`;
  await decideCall(sql, organizationId, {
    kind: "subscription.update",
    key: last,
    params: { id: at.stripeId, params: { cancel_at_period_end: true } },
  });
  return { keys, last, paid: at.stripeId };
}

/** A subscription with a schedule cannot be changed beside it, and one that ends has no later plan. */
async function clearTheWay(
  sql: Sql,
  organizationId: string,
  at: SubscriptionMirror,
  quote: PlanQuote,
): Promise<string[]> {
  const keys = await releaseSchedule(sql, organizationId, at);
  if (at.cancelAt === null || quote.kind === "UPGRADE") return keys;
  const key = `keep:${quote.id}`;
  await decideCall(sql, organizationId, {
    kind: "subscription.update",
    key,
    params: { id: at.stripeId, params: { cancel_at_period_end: false } },
  });
  return [...keys, key];
}

/** Takes a scheduled change of plan back, when there is one. @returns the keys of the calls */
export async function releaseSchedule(
  sql: Sql,
  organizationId: string,
  { scheduleId }: SubscriptionMirror,
): Promise<string[]> {
  if (scheduleId === null) return [];
  const key = `release:${scheduleId}`;
  await decideCall(sql, organizationId, { kind: "schedule.release", key, params: { id: scheduleId, params: {} } });
  return [key];
}
