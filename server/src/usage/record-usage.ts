import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Sql } from "../platform/database/sql.ts";
import { notFound } from "../platform/graphql/errors.ts";
import type { Scope } from "../platform/scope.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { lockSubscription, planOf } from "../subscriptions/lock-subscription.ts";
import { openPeriod } from "../subscriptions/save-subscription.ts";
import { nextPeriod } from "../subscriptions/subscription.ts";
import { countLateStorage } from "./late-storage.ts";
import { costNanosOf } from "./cost-of-goods.ts";
import { contentHash, eventId } from "./event-id.ts";
import { insertEvents } from "./insert-events.ts";
import { cardOfNextPeriod, type OpenPeriods, readOpenPeriods, totalsOfOpenPeriods } from "./open-periods.ts";
import { type MeterPart, rateFact } from "./rate-fact.ts";
import { type Refused, saveRejected } from "./rejected-usage.ts";
import { noPart, type StoredEvent, type StoredPart } from "./stored-event.ts";
import { crossesThreshold } from "./thresholds.ts";
import { askForAlerts } from "./usage-alerts.task.ts";
import { TotalsDelta } from "./totals.ts";
import { contentOf, factOf, keyFault, type ReportedEvent, type UsageFact } from "./usage-event.ts";

/** What became of one reported event. */
export type Outcome = {
  readonly idempotencyKey: string;
  readonly status: "ACCEPTED" | "DUPLICATE" | "CONFLICT" | "REJECTED";
  readonly reason: string | null;
  /** The event that stands under the key, when there is one. */
  readonly eventId: string | null;
  /** The event itself when this call stored it. */
  readonly event: StoredEvent | null;
};

type Reported = { readonly event: ReportedEvent; readonly id: string; readonly hash: string };

/**
 * Records facts of one organization: up to 1,000 events, each with an outcome of its own, in the
 * order of the input. When it answers, what was accepted is durable.
 *
 * One transaction under the subscription's lock: known keys and totals are read in one flight with
 * the lock, all events are rated here in order, then written in one statement. Whether a limit is
 * reached never refuses a fact; only its content, its time, or a subscription that takes no usage can.
 *
 * @throws EdgeFault NOT_FOUND when the session sees no such organization
 */
export async function recordUsage(
  scope: Scope,
  organizationId: string,
  events: readonly ReportedEvent[],
): Promise<Outcome[]> {
  return inTenantTransaction(scope.platform.pool, organizationId, (sql) =>
    recordWithin(sql, organizationId, events, scope.clock(), scope.viewer?.keyPrefix ?? null),
  );
}

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
): Promise<Outcome[]> {
  const reported = events.map((event) => ({
    event,
    id: eventId(organizationId, event.idempotencyKey),
    hash: contentHash(contentOf(event)),
  }));
  const [subscription, known, totals, last] = await Promise.all([
    lockSubscription(sql, organizationId, now),
    knownEvents(sql, organizationId, reported),
    totalsOfOpenPeriods(sql, organizationId),
    lastPosition(sql, organizationId),
  ]);
  if (!subscription) throw notFound("The organization");

  const periods = await readOpenPeriods(sql, subscription, totals, now);
  const before = new Map(periods.current.usage);
  const batch = new Batch(subscription, periods, known, last, now);
  const outcomes: Outcome[] = [];
  for (const item of reported)
    outcomes.push(batch.hasNoPeriodFor(item) ? await inNextPeriod(sql, batch, item) : batch.decide(item));

  await Promise.all([
    batch.accepted.length > 0 && insertEvents(sql, batch.accepted),
    batch.totals.save(sql, organizationId),
    saveRejected(sql, organizationId, batch.refused, now, keyPrefix),
  ]);
  await countLateStorage(sql, subscription, batch.accepted);
  const { card, usage } = periods.current;
  if (crossesThreshold(card, before, usage) || batch.accepted.some(({ action }) => action === "STORAGE"))
    await askForAlerts(sql, organizationId);
  return outcomes;
}

/** Opens the period after the current one for an event from up to five minutes ahead that belongs to it. */
async function inNextPeriod(sql: Sql, batch: Batch, item: Reported): Promise<Outcome> {
  const { subscription } = batch;
  const next = nextPeriod(subscription);
  const plan = await planOf(sql, subscription, next.plan);
  const id = await openPeriod(sql, subscription, plan, next.period, false);
  batch.periods.addNext({ id, period: next.period, card: await cardOfNextPeriod(sql, subscription) });
  return batch.decide(item);
}

/** Decides the events of one call, in order, against the usage so far. */
class Batch {
  readonly accepted: (StoredEvent & { contentHash: string })[] = [];
  readonly refused: Refused[] = [];
  readonly totals = new TotalsDelta();
  readonly subscription: CurrentSubscription;
  readonly periods: OpenPeriods;
  readonly #known: Map<string, string>;
  readonly #now: Date;
  #position: bigint;

  constructor(
    subscription: CurrentSubscription,
    periods: OpenPeriods,
    known: Map<string, string>,
    lastPosition: bigint,
    now: Date,
  ) {
    this.subscription = subscription;
    this.periods = periods;
    this.#known = known;
    this.#position = lastPosition;
    this.#now = now;
  }

  hasNoPeriodFor({ event }: Reported): boolean {
    const at = event.occurredAt ?? this.#now;
    return this.periods.lacks(at) && typeof factOf(event, this.#now) !== "string";
  }

  decide({ event, id, hash }: Reported): Outcome {
    const { idempotencyKey } = event;
    const fault = keyFault(idempotencyKey);
    if (fault !== null) return this.#refuse(event, "REJECTED", fault, null);

    const knownHash = this.#known.get(id);
    if (knownHash === hash) return { idempotencyKey, status: "DUPLICATE", reason: null, eventId: id, event: null };
    if (knownHash !== undefined) {
      return this.#refuse(
        event,
        "CONFLICT",
        "An event with this idempotencyKey and other content was accepted before; it stands.",
        id,
      );
    }

    const stopped = this.#stopped();
    if (stopped !== null) return this.#refuse(event, "REJECTED", stopped, null);
    const fact = factOf(event, this.#now);
    if (typeof fact === "string") return this.#refuse(event, "REJECTED", fact, null);

    const stored = this.#accept(fact, id, hash);
    return { idempotencyKey, status: "ACCEPTED", reason: null, eventId: id, event: stored };
  }

  #stopped(): string | null {
    if (this.subscription.status === "PAUSED")
      return "The subscription is paused: no usage is accepted until it is resumed.";
    if (this.subscription.status === "CANCELED") return "The subscription is canceled: no usage is accepted.";
    return null;
  }

  #accept(fact: UsageFact, id: string, hash: string): StoredEvent {
    const place = this.periods.placeOf(fact.occurredAt);
    const rated = rateFact(place.card, place.usage, fact, place.trial);
    this.#position += 1n;
    const stored = {
      organizationId: this.subscription.organizationId,
      id,
      position: this.#position,
      periodId: place.periodId,
      idempotencyKey: fact.idempotencyKey,
      contentHash: hash,
      action: fact.action,
      complexity: fact.complexity,
      model: fact.model,
      premium: rated.premium,
      quantity: fact.quantity,
      computeTimeMs: fact.computeTimeMs,
      tokensUsed: fact.tokensUsed,
      storageBytes: fact.storageBytes,
      costNanos: costNanosOf(fact, rated.premium),
      occurredAt: fact.occurredAt,
      recordedAt: this.#now,
      userId: fact.userId,
      projectId: fact.projectId,
      failed: fact.failed,
      late: place.late,
      trial: place.trial,
      metadata: fact.metadata,
      counted: storedPart(rated.counted),
      compute: storedPart(rated.compute),
    };
    this.accepted.push(stored);
    this.totals.add(
      stored,
      [rated.counted, rated.compute].filter((part) => part !== null),
    );
    this.#known.set(id, hash);
    return stored;
  }

  #refuse(event: ReportedEvent, status: "CONFLICT" | "REJECTED", reason: string, id: string | null): Outcome {
    this.refused.push({ idempotencyKey: event.idempotencyKey, status, reason, action: event.action });
    return { idempotencyKey: event.idempotencyKey, status, reason, eventId: id, event: null };
  }
}

function storedPart(part: MeterPart | null): StoredPart {
  if (part === null) return noPart;
  const { units, usedBefore, included, billable, unitNanos, amount } = part.rated;
  return { units, usedBefore, included, billable, unitNanos, amount };
}

/** Content hashes of those keys that the ledger holds already, by event id. */
async function knownEvents(
  sql: Sql,
  organizationId: string,
  reported: readonly Reported[],
): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; hash: string }>(
    "select id, encode(content_hash, 'hex') as hash from usage_events where organization_id = $1 and id = any($2::uuid[])",
    [organizationId, `{${reported.map(({ id }) => id).join(",")}}`],
  );
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

async function lastPosition(sql: Sql, organizationId: string): Promise<bigint> {
  const rows = await sql<{ last: string | null }>(
    "select max(position) as last from usage_events where organization_id = $1",
    [organizationId],
  );
  return BigInt(rows[0]?.last ?? 0);
}
