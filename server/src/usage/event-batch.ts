import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { costNanosOf } from "./cost-of-goods.ts";
import type { OpenPeriods } from "./open-periods.ts";
import { type MeterPart, type PeriodUsage, rateFact } from "./rate-fact.ts";
import type { Refused } from "./rejected-usage.ts";
import { noPart, type StoredEvent, type StoredPart } from "./stored-event.ts";
import { crossesThreshold } from "./thresholds.ts";
import type { TotalsDelta } from "./totals.ts";
import { factOf, keyFault, type ReportedEvent, type UsageFact } from "./usage-event.ts";

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

/** An event with its identity, and the visible start of the key that reports it. */
export type Reported = {
  readonly event: ReportedEvent;
  readonly id: string;
  readonly hash: string;
  readonly keyPrefix: string | null;
};

/** Decides the events that one organization reports, in order, against its usage so far. */
export class EventBatch {
  readonly accepted: (StoredEvent & { contentHash: string })[] = [];
  readonly refused: Refused[] = [];
  readonly subscription: CurrentSubscription;
  readonly periods: OpenPeriods;
  readonly #totals: TotalsDelta;
  readonly #known: Map<string, string>;
  readonly #before: PeriodUsage;
  readonly #now: Date;
  #position: bigint;

  /** @param shared known keys and totals, which several organizations fill together */
  constructor(
    subscription: CurrentSubscription,
    periods: OpenPeriods,
    shared: { readonly known: Map<string, string>; readonly totals: TotalsDelta },
    lastPosition: bigint,
    now: Date,
  ) {
    this.subscription = subscription;
    this.periods = periods;
    this.#known = shared.known;
    this.#totals = shared.totals;
    this.#before = new Map(periods.current.usage);
    this.#position = lastPosition;
    this.#now = now;
  }

  /** True when the accepted events may have reached a part of an allowance of which somebody is told. */
  get mayAlert(): boolean {
    const { card, usage } = this.periods.current;
    return crossesThreshold(card, this.#before, usage) || this.accepted.some(({ action }) => action === "STORAGE");
  }

  hasNoPeriodFor({ event }: Reported): boolean {
    const at = event.occurredAt ?? this.#now;
    return this.periods.lacks(at) && typeof factOf(event, this.#now) !== "string";
  }

  decide(reported: Reported): Outcome {
    const { event, id, hash } = reported;
    const { idempotencyKey } = event;
    const fault = keyFault(idempotencyKey);
    if (fault !== null) return this.#refuse(reported, "REJECTED", fault, null);

    const knownHash = this.#known.get(id);
    if (knownHash === hash) return { idempotencyKey, status: "DUPLICATE", reason: null, eventId: id, event: null };
    if (knownHash !== undefined) {
      return this.#refuse(
        reported,
        "CONFLICT",
        "An event with this idempotencyKey and other content was accepted before; it stands.",
        id,
      );
    }

    const stopped = this.#stopped();
    if (stopped !== null) return this.#refuse(reported, "REJECTED", stopped, null);
    const fact = factOf(event, this.#now);
    if (typeof fact === "string") return this.#refuse(reported, "REJECTED", fact, null);

    const stored = this.#accept(fact, reported);
    return { idempotencyKey, status: "ACCEPTED", reason: null, eventId: id, event: stored };
  }

  #stopped(): string | null {
    if (this.subscription.status === "PAUSED")
      return "The subscription is paused: no usage is accepted until it is resumed.";
    if (this.subscription.status === "CANCELED") return "The subscription is canceled: no usage is accepted.";
    return null;
  }

  #accept(fact: UsageFact, { id, hash, keyPrefix }: Reported): StoredEvent {
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
      keyPrefix,
      counted: storedPart(rated.counted),
      compute: storedPart(rated.compute),
    };
    this.accepted.push(stored);
    this.#totals.add(
      stored,
      [rated.counted, rated.compute].filter((part) => part !== null),
    );
    this.#known.set(id, hash);
    return stored;
  }

  #refuse(
    { event: { idempotencyKey, action }, keyPrefix }: Reported,
    status: Refused["status"],
    reason: string,
    eventId: string | null,
  ): Outcome {
    const { organizationId } = this.subscription;
    this.refused.push({ organizationId, idempotencyKey, status, reason, action, keyPrefix });
    return { idempotencyKey, status, reason, eventId, event: null };
  }
}

function storedPart(part: MeterPart | null): StoredPart {
  if (part === null) return noPart;
  const { units, usedBefore, included, billable, unitNanos, amount } = part.rated;
  return { units, usedBefore, included, billable, unitNanos, amount };
}
