import type { Sql } from "../platform/database/sql.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { notFound } from "../platform/graphql/errors.ts";
import { isUuid } from "../platform/id.ts";
import type { Scope } from "../platform/scope.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { eventId } from "../usage/event-id.ts";
import type { Outcome } from "../usage/event-batch.ts";
import { recordWithin } from "../usage/record-within.ts";
import type { ReportedEvent } from "../usage/usage-event.ts";
import { endHold } from "./end-holds.ts";
import { findHold, type Hold } from "./find-hold.ts";
import { HoldExpired } from "./hold.refusals.ts";

/** A placed or ended hold under the organization's lock. @throws EdgeFault NOT_FOUND */
async function lockHold(sql: Sql, organizationId: string, holdId: string, now: Date): Promise<Hold> {
  if (!isUuid(holdId)) throw notFound("The hold");
  const subscription = await lockSubscription(sql, organizationId, now);
  if (!subscription) throw notFound("The organization");
  const hold = await findHold(sql, organizationId, holdId, now);
  if (!hold) throw notFound("The hold");
  return hold;
}

const settledBy = (key: string): string =>
  `The hold was settled by another event; this one, ${key}, is not recorded. Report further work by recordUsage.`;

/**
 * Turns a hold into the event of the work that was done, as it really was, and gives back what was
 * held: in one transaction, once, however often it is asked. The same event again is a duplicate.
 *
 * An event that is refused leaves the hold as it was, so that a right one can settle it.
 *
 * @throws HoldExpired when it has expired or was released: nothing is recorded; recordUsage takes the fact
 * @throws EdgeFault NOT_FOUND
 */
export async function settleHold(
  scope: Scope,
  organizationId: string,
  holdId: string,
  event: ReportedEvent,
): Promise<Outcome> {
  const now = scope.clock();
  return inTenantTransaction(scope.platform.pool, organizationId, async (sql) => {
    const hold = await lockHold(sql, organizationId, holdId, now);
    const { idempotencyKey } = event;
    const id = eventId(organizationId, idempotencyKey);
    if (hold.state === "SETTLED" && hold.eventId !== id)
      return { idempotencyKey, status: "CONFLICT", reason: settledBy(idempotencyKey), eventId: null, event: null };
    if (hold.state === "EXPIRED" || hold.state === "RELEASED")
      throw new HoldExpired(
        `The hold ${hold.state === "EXPIRED" ? "expired" : "was released"} at ${(hold.endedAt ?? now).toISOString()}. The event was not recorded; report it by recordUsage.`,
      );
    if (event.action !== hold.action)
      return {
        idempotencyKey,
        status: "REJECTED",
        reason: `The hold is for ${hold.action}; an event of ${event.action} cannot settle it.`,
        eventId: null,
        event: null,
      };

    const [outcome] = await recordWithin(sql, organizationId, [event], now, scope.viewer?.keyPrefix ?? null);
    if (!outcome) throw new Error("one event has one outcome");
    if (hold.state === "PLACED" && (outcome.status === "ACCEPTED" || outcome.status === "DUPLICATE"))
      await endHold(sql, organizationId, holdId, "SETTLED", now, id);
    return outcome;
  });
}

/**
 * Gives a hold back: once, however often it is asked.
 *
 * @returns the hold, released
 * @throws HoldExpired when it has expired or was settled: nothing is changed
 * @throws EdgeFault NOT_FOUND
 */
export async function releaseHold(scope: Scope, organizationId: string, holdId: string): Promise<Hold> {
  const now = scope.clock();
  return inTenantTransaction(scope.platform.pool, organizationId, async (sql) => {
    const hold = await lockHold(sql, organizationId, holdId, now);
    if (hold.state === "EXPIRED" || hold.state === "SETTLED")
      throw new HoldExpired(
        `The hold ${hold.state === "EXPIRED" ? "expired" : "was settled"} at ${(hold.endedAt ?? now).toISOString()}; there is nothing to release.`,
      );
    if (hold.state === "RELEASED") return hold;
    await endHold(sql, organizationId, holdId, "RELEASED", now, null);
    return { ...hold, state: "RELEASED", endedAt: now };
  });
}
