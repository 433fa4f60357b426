import { recordAudit } from "../audit/record-audit.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Sql } from "../platform/database/sql.ts";
import { badInput, notFound } from "../platform/graphql/errors.ts";
import type { Scope } from "../platform/scope.ts";
import { startOfDay } from "../kernel/period.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { rateCardHistory } from "../subscriptions/rate-card-history.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { eventId } from "./event-id.ts";
import { type Adjustment, currentParts, type CurrentPart } from "./event-rating.ts";
import { freezeStorage } from "./freeze-storage.ts";
import { uncountStorage } from "./late-storage.ts";
import { adjustmentsOf, eventsById, voidsOf } from "./read-events.ts";
import { rerateAfter } from "./rerate.ts";
import { type Difference, saveDifferences } from "./save-differences.ts";
import type { StoredEvent } from "./stored-event.ts";
import { AlreadyVoided } from "./void-usage.refusals.ts";

export type VoidUsage = { readonly organizationId: string; readonly idempotencyKey: string; readonly reason: string };

/**
 * Takes a wrong event back by a reversing entry; the event itself stays in the ledger.
 *
 * While its period is open, the units it gives back to the allowance are rated again: the events
 * accepted after it become what they would have been without it. In a closed period nothing is
 * rated again; what the event cost is credited in the open one.
 *
 * @throws AlreadyVoided; EdgeFault NOT_FOUND when no event has the key
 */
export async function voidUsage(
  scope: Scope,
  { organizationId, idempotencyKey, reason }: VoidUsage,
): Promise<StoredEvent> {
  const why = reason.trim();
  if (why === "" || why.length > 500) throw badInput("reason must say in 1 to 500 characters why the event is wrong.");
  const now = scope.clock();

  return inTenantTransaction(scope.platform.pool, organizationId, async (sql) => {
    const subscription = await lockSubscription(sql, organizationId, now);
    if (!subscription) throw notFound("The organization");
    const id = eventId(organizationId, idempotencyKey);
    const event = (await eventsById(sql, [id])).get(id);
    if (!event) throw notFound(`The event ${idempotencyKey}`);
    if ((await voidsOf(sql, [id])).has(id)) throw new AlreadyVoided(idempotencyKey);

    // What closed periods billed is fixed before the level disappears from them.
    if (event.action === "STORAGE") await freezeStorage(sql, [organizationId]);
    await sql("insert into usage_voids (organization_id, event_id, at, reason, by) values ($1, $2, $3, $4, $5)", [
      organizationId,
      id,
      now,
      why,
      scope.viewer?.label ?? "platform",
    ]);
    if (event.action === "STORAGE") await uncountStorage(sql, subscription, event);
    else await giveBackUnits(sql, subscription, event, now, why);
    await recordAudit(sql, scope, {
      organizationId,
      action: "usage.voided",
      target: `usage event ${idempotencyKey}`,
      detail: { reason: why },
    });
    return event;
  });
}

async function giveBackUnits(
  sql: Sql,
  subscription: CurrentSubscription,
  event: StoredEvent,
  now: Date,
  reason: string,
): Promise<void> {
  const parts = currentParts(event, (await adjustmentsOf(sql, [event.id])).get(event.id) ?? []);
  const [open] = await sql<{ plan_version_id: string }>(
    "select plan_version_id from billing_periods where organization_id = $1 and id = $2 and closed_at is null",
    [event.organizationId, event.periodId],
  );
  const base = {
    eventId: event.id,
    causeId: event.id,
    complexity: event.complexity,
    day: startOfDay(event.occurredAt),
    at: now,
  };

  if (!open) {
    const credits = parts
      .filter(({ amount }) => amount !== 0n)
      .map((part): Difference => ({
        ...base,
        meter: part.meter,
        periodId: subscription.currentPeriodId,
        ...gone(part),
        reason: `Voided after its period closed: ${reason}`,
        credit: true,
      }));
    await saveDifferences(sql, event.organizationId, credits);
    return;
  }
  const reversal = parts.map((part): Difference => ({
    ...base,
    meter: part.meter,
    periodId: event.periodId,
    ...gone(part),
    reason: `Voided: ${reason}`,
    credit: false,
  }));
  await saveDifferences(sql, event.organizationId, reversal);
  const cards = await rateCardHistory(sql, event.organizationId, {
    id: event.periodId,
    planVersionId: open.plan_version_id,
  });
  for (const part of parts) {
    const changed = await rerateAfter(sql, cards, event, part.meter);
    await saveDifferences(
      sql,
      event.organizationId,
      changed.map((change) => ({
        ...change,
        causeId: event.id,
        at: now,
        reason: `Rated again after ${event.idempotencyKey} was voided`,
        credit: false,
      })),
    );
  }
}

const gone = ({
  units,
  included,
  billable,
  amount,
}: CurrentPart): Pick<Adjustment, "units" | "included" | "billable" | "amount"> => ({
  units: -units,
  included: -included,
  billable: -billable,
  amount: -amount,
});
