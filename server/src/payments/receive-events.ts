import type { Pool } from "pg";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { enqueue } from "../platform/jobs/enqueue.ts";
import type { InboxEvent } from "./stripe-event.ts";
import { eventsReceived } from "./stripe-metrics.ts";

/** The job that works what lies in the inbox. */
export const WORK_INBOX_JOB = "payments.work-inbox";

type Waiting = {
  readonly event: InboxEvent;
  readonly stored: (isNew: boolean) => void;
  readonly failed: (error: unknown) => void;
};

/** How many events go into one statement. */
const MOST_AT_ONCE = 500;

/**
 * Puts events into the inbox and answers each once it is durable. Those that arrive while a
 * transaction is under way share the next one, so that a burst costs few commits.
 */
export class Inbox {
  readonly #pool: Pool;
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** @returns false when the event was in the inbox already */
  store(event: InboxEvent): Promise<boolean> {
    return new Promise((stored, failed) => {
      this.#waiting.push({ event, stored, failed });
      if (!this.#writing) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_AT_ONCE);
      try {
        const fresh = await insertEvents(
          this.#pool,
          batch.map(({ event }) => event),
        );
        for (const { event, stored } of batch) {
          // Of the same event twice in one batch, one is new.
          const isNew = fresh.delete(event.eventId);
          eventsReceived.inc({ outcome: isNew ? event.state.toLowerCase() : "duplicate", type: event.type });
          stored(isNew);
        }
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#writing = false;
  }
}

/** @returns the ids of those that were not there yet */
export async function insertEvents(pool: Pool, events: readonly InboxEvent[]): Promise<Set<string>> {
  const rows = events.map((event) => ({
    event_id: event.eventId,
    type: event.type,
    api_version: event.apiVersion,
    object_kind: event.objectKind,
    object_id: event.objectId,
    lane: event.lane,
    created_at: event.createdAt.toISOString(),
    payload: event.payload,
    state: event.state,
    error: event.error,
  }));
  return inPlatformTransaction(pool, async (sql) => {
    const inserted = await sql<{ event_id: string; state: string }>(
      `insert into stripe_inbox (event_id, type, api_version, object_kind, object_id, lane, created_at, received_at, payload, state, attempts, next_try_at, last_error)
       select distinct on (event_id) event_id, type, api_version, object_kind, object_id, lane, created_at, clock_timestamp(), payload, state, 0, clock_timestamp(), error
       from jsonb_to_recordset($1::jsonb) as e (event_id text, type text, api_version text, object_kind text, object_id text, lane text,
         created_at timestamptz, payload jsonb, state text, error text)
       on conflict (event_id) do nothing returning event_id, state`,
      [JSON.stringify(rows)],
    );
    if (inserted.some(({ state }) => state === "RECEIVED"))
      await enqueue(sql, WORK_INBOX_JOB, {}, { jobKey: WORK_INBOX_JOB });
    return new Set(inserted.map(({ event_id }) => event_id));
  });
}
