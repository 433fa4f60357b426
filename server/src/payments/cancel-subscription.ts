import { recordAudit } from "../audit/record-audit.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { EdgeFault, notFound } from "../platform/graphql/errors.ts";
import { newId } from "../platform/id.ts";
import { type Scope, tenantOf } from "../platform/scope.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { carryOut, readAgain } from "./carry-out.ts";
import { releaseSchedule } from "./decide-plan-change.ts";
import { followSubscription } from "./follow-subscription.ts";
import { NothingToCancel } from "./plan-change.refusals.ts";
import { inTurn } from "./plan-change-turn.ts";
import { decideCall } from "./stripe-outbox.ts";
import { liveSubscriptions, type SubscriptionMirror } from "./stripe-subscription.ts";

/**
 * Cancels the subscription: at the end of its period or trial, until when it can be taken back, or
 * now, without money back. Free follows. Usage up to the end is billed.
 *
 * @throws NothingToCancel on Free, or when it ends at the period's end already; EdgeFault CONFLICT
 *   for two at once, UPSTREAM_UNAVAILABLE while the outcome is unknown
 */
export async function cancelSubscription(scope: Scope, atPeriodEnd: boolean): Promise<void> {
  const { platform } = scope;
  const organizationId = tenantOf(scope);
  await inTurn(platform, organizationId, "cancellation", async () => {
    // A trial or an agreement of a moment ago may not have reached Stripe yet.
    await followSubscription(platform, organizationId);
    const decided = await inTenantTransaction(platform.pool, organizationId, (sql) =>
      decide(sql, scope, organizationId, atPeriodEnd),
    );
    for (const key of decided.keys) {
      const outcome = await carryOut(platform, organizationId, key);
      if (outcome.state === "REFUSED")
        throw new EdgeFault("CONFLICT", `Stripe refused: ${outcome.message} Look at the subscription again.`);
    }
    for (const id of decided.subscriptions) await readAgain(platform, organizationId, id);
  });
}

type Decided = { readonly keys: readonly string[]; readonly subscriptions: readonly string[] };

async function decide(sql: Sql, scope: Scope, organizationId: string, atPeriodEnd: boolean): Promise<Decided> {
  const current = await lockSubscription(sql, organizationId, scope.clock());
  if (!current) throw notFound("The organization");
  requireEnd(current, atPeriodEnd);
  const live = await liveSubscriptions(sql, organizationId);
  if (live.length === 0)
    throw new EdgeFault("CONFLICT", "The subscription is still being set up at Stripe. Try again in a moment.");
  const keys: string[] = [];
  for (const one of live) keys.push(...(await endOne(sql, organizationId, one, atPeriodEnd)));
  await recordAudit(sql, scope, {
    organizationId,
    action: atPeriodEnd ? "cancellation.scheduled" : "cancellation.ordered",
    target: current.plan.terms.name,
    detail: { at: atPeriodEnd ? (current.trialEndsAt ?? current.currentPeriodEnd) : scope.clock() },
  });
  return { keys, subscriptions: live.map(({ stripeId }) => stripeId) };
}

function requireEnd({ planCode, cancelAt }: CurrentSubscription, atPeriodEnd: boolean): void {
  if (planCode === "free") throw new NothingToCancel("The organization is on Free: there is nothing to cancel.");
  if (atPeriodEnd && cancelAt !== null)
    throw new NothingToCancel(`The subscription ends on ${cancelAt.toISOString().slice(0, 10)} already.`);
}

async function endOne(
  sql: Sql,
  organizationId: string,
  one: SubscriptionMirror,
  atPeriodEnd: boolean,
): Promise<string[]> {
  const keys = await releaseSchedule(sql, organizationId, one);
  if (!atPeriodEnd) {
    const key = `cancel:${one.stripeId}`;
    await decideCall(sql, organizationId, {
      kind: "subscription.cancel",
      key,
      params: { id: one.stripeId, params: { prorate: false, invoice_now: false } },
    });
    return [...keys, key];
  }
  // It can be scheduled, taken back and scheduled again: each time is an intent of its own.
  const key = `cancel-at-end:${one.stripeId}:${newId()}`;
  await decideCall(sql, organizationId, {
    kind: "subscription.update",
    key,
    params: { id: one.stripeId, params: { cancel_at_period_end: true } },
  });
  return [...keys, key];
}
