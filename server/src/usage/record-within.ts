import { arrayOf, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { type Last, waitForLast } from "../platform/database/tenant-transaction.ts";
import { notFound } from "../platform/graphql/errors.ts";
import { lockSubscriptions, planOf } from "../subscriptions/lock-subscription.ts";
import { openPeriod } from "../subscriptions/save-subscription.ts";
import { nextPeriod } from "../subscriptions/subscription.ts";
import { EventBatch, type Outcome, type Reported } from "./event-batch.ts";
import { contentHash, eventId } from "./event-id.ts";
import { insertEvents } from "./insert-events.ts";
import { countLateStorage, isLateStorage } from "./late-storage.ts";
import { cardOfNextPeriod, readOpenPeriods, totalsOfOpenPeriods } from "./open-periods.ts";
import { saveRejected } from "./rejected-usage.ts";
import { TotalsDelta } from "./totals.ts";
import { askForAlerts } from "./usage-alerts.task.ts";
import { contentOf, type ReportedEvent } from "./usage-event.ts";

/** One call's events, with the visible start of the key that reports them. */
export type Report = {
  readonly organizationId: string;
  readonly events: readonly ReportedEvent[];
  readonly keyPrefix: string | null;
};

/**
 * Records facts in the caller's transaction, which is the organization's own; see `recordUsage`.
 *
 * @param keyPrefix the visible start of the key that reports them
 * @throws EdgeFault NOT_FOUND when the session sees no such organization
 */
export async function recordWithin(
  sql: Sql,
  organizationId: string,
  events: readonly ReportedEvent[],
  now: Date,
  keyPrefix: string | null,
  last?: Last,
): Promise<Outcome[]> {
  const [outcomes] = await recordReports(sql, [{ organizationId, events, keyPrefix }], now, lockSubscriptions, last);
  if (!outcomes) throw notFound("The organization");
  return outcomes;
}

/**
 * Records the facts of several calls, whoever's they are, in the order of the calls.
 *
 * One transaction under the subscriptions' locks: known keys and totals are read in one flight with
 * the locks, all events are rated here in order, then written in one statement for all.
 *
 * @param lock how subscriptions are locked; who is left out of its answer gets null
 * @param last takes the writes, which nothing follows here
 */
export async function recordReports(
  sql: Sql,
  reports: readonly Report[],
  now: Date,
  lock: typeof lockSubscriptions,
  last: Last = waitForLast,
): Promise<(Outcome[] | null)[]> {
  const owners = [...new Set(reports.map(({ organizationId }) => organizationId))];
  const calls = reports.map(({ organizationId, events, keyPrefix }) => ({
    organizationId,
    items: events.map((event) => ({
      organizationId,
      event,
      id: eventId(organizationId, event.idempotencyKey),
      hash: contentHash(contentOf(event)),
      keyPrefix,
    })),
  }));
  const [subscriptions, known, usage, positions] = await Promise.all([
    lock(sql, owners, now),
    knownEvents(
      sql,
      calls.flatMap(({ items }) => items),
    ),
    totalsOfOpenPeriods(sql, owners),
    lastPositions(sql, owners),
  ]);
  const shared = { known, totals: new TotalsDelta() };
  const batches = new Map(
    await Promise.all(
      subscriptions.map(async (subscription): Promise<[string, EventBatch]> => {
        const { organizationId: id } = subscription;
        const periods = await readOpenPeriods(sql, subscription, usage, now);
        return [id, new EventBatch(subscription, periods, shared, positions.get(id) ?? 0n, now)];
      }),
    ),
  );
  const outcomes: (Outcome[] | null)[] = [];
  for (const { organizationId, items } of calls) {
    const batch = batches.get(organizationId);
    outcomes.push(batch ? await decideAll(sql, batch, items) : null);
  }
  await save(sql, [...batches.values()], shared.totals, now, last);
  return outcomes;
}

async function decideAll(sql: Sql, batch: EventBatch, items: readonly Reported[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const item of items) {
    if (batch.hasNoPeriodFor(item)) await openNextPeriod(sql, batch);
    outcomes.push(batch.decide(item));
  }
  return outcomes;
}

/** Opens the period after the current one for an event from up to five minutes ahead that belongs to it. */
async function openNextPeriod(sql: Sql, { subscription, periods }: EventBatch): Promise<void> {
  const next = nextPeriod(subscription);
  const plan = await planOf(sql, subscription, next.plan);
  const id = await openPeriod(sql, subscription, plan, next.period, false);
  periods.addNext({ id, period: next.period, card: await cardOfNextPeriod(sql, subscription) });
}

async function save(
  sql: Sql,
  batches: readonly EventBatch[],
  totals: TotalsDelta,
  now: Date,
  last: Last,
): Promise<void> {
  const all = batches.flatMap(({ accepted }) => accepted);
  const rejected = batches.flatMap(({ refused }) => refused);
  const mayAlert = batches.filter((batch) => batch.mayAlert);
  const writes = Promise.all([
    all.length > 0 && insertEvents(sql, all),
    totals.save(sql),
    saveRejected(sql, rejected, now),
    ...mayAlert.map(({ subscription }) => askForAlerts(sql, subscription.organizationId)),
  ]);
  if (!all.some(isLateStorage)) {
    await last(writes);
    return;
  }
  // What late levels change in closed periods is read from what was written just now.
  await writes;
  for (const { subscription, accepted } of batches) await countLateStorage(sql, subscription, accepted);
}

/** Content hashes of those keys that the ledger holds already, by event id. */
async function knownEvents(
  sql: Sql,
  items: readonly (Reported & { readonly organizationId: string })[],
): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; hash: string }>(
    `select e.id, encode(e.content_hash, 'hex') as hash
     from unnest($1::uuid[], $2::uuid[]) as k (organization_id, id) join usage_events e using (organization_id, id)`,
    [arrayOf(items.map(({ organizationId }) => organizationId)), arrayOf(items.map(({ id }) => id))],
  );
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

/** The position of each organization's newest event. */
async function lastPositions(sql: Sql, organizationIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await sql<{ id: string; last: string | null }>(
    `select o.id, (select max(position) from usage_events e where e.organization_id = o.id) as last
     from unnest($1::uuid[]) as o (id)`,
    [arrayOf(organizationIds)],
  );
  return new Map(rows.map(({ id, last }) => [id, whole(last ?? 0)]));
}
