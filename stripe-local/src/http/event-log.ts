import { apiVersion } from "../contract/contract.ts";
import type { Database } from "../store/database.ts";
import type { StripeObject } from "../store/store.ts";
import { newId } from "./new-id.ts";
import type { Range } from "./paging.ts";

export type Event = {
  id: string;
  object: "event";
  api_version: string;
  created: number;
  data: { object: object; previous_attributes?: Record<string, unknown> };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
};

type Written = Pick<Event, "type" | "created" | "request" | "data">;

/** A webhook endpoint, as far as events look at it. */
export type Endpoint = StripeObject & { object: "webhook_endpoint"; enabled_events: string[]; status: string };

type Wanted = { types?: readonly string[]; created?: number | Range; before?: number; after?: number };

/** Everything that happened, and to whom it is still to be told. */
export class EventLog {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Writes an event, and a delivery for each endpoint that wants it, in the transaction that is open.
   *
   * @param realMs the machine's time, by which deliveries go
   */
  write(written: Written, endpoints: readonly Endpoint[], realMs: number): void {
    const wanting = endpoints.filter(({ status, enabled_events: types }) => {
      return status === "enabled" && (types.includes("*") || types.includes(written.type));
    });
    const event: Event = {
      id: newId("evt"),
      object: "event",
      api_version: apiVersion,
      created: written.created,
      data: written.data,
      livemode: false,
      pending_webhooks: wanting.length,
      request: written.request,
      type: written.type,
    };
    this.#database.run(
      "insert into events (id, type, created, json) values (?, ?, ?, ?)",
      event.id,
      event.type,
      event.created,
      JSON.stringify(event),
    );
    for (const { id } of wanting) {
      this.#database.run(
        "insert into deliveries (event, endpoint, state, next_attempt_ms) values (?, ?, 'pending', ?)",
        event.id,
        id,
        realMs,
      );
    }
  }

  get(id: string): Event | null {
    const row = this.#database.row("select json from events where id = ?", id);
    return row ? this.#withPending(JSON.parse(String(row["json"])) as Event) : null;
  }

  placeOf(id: string): number | null {
    const row = this.#database.row("select place from events where id = ?", id);
    return row ? Number(row["place"]) : null;
  }

  /** One by one, newest first from `before` (exclusive) on, or oldest first from `after` on. */
  *walk({ types, created, before, after }: Wanted): Generator<Event> {
    const { gt, gte, lt, lte } = typeof created === "number" ? { gte: created, lte: created } : (created ?? {});
    const conditions: [sql: string, value: number | undefined][] = [
      ["place < ?", before],
      ["place > ?", after],
      ["created > ?", gt],
      ["created >= ?", gte],
      ["created < ?", lt],
      ["created <= ?", lte],
    ];
    const given = conditions.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
    const ofTypes = types ? [`type in (${types.map(() => "?").join(", ")})`] : [];
    const where = [...ofTypes, ...given.map(({ sql }) => sql), "true"].join(" and ");
    const sql = `select json from events where ${where} order by place ${after === undefined ? "desc" : "asc"}`;
    for (const row of this.#database.walk(sql, ...(types ?? []), ...given.map(({ value }) => value))) {
      yield this.#withPending(JSON.parse(String(row["json"])) as Event);
    }
  }

  #withPending(event: Event): Event {
    const row = this.#database.row(
      "select count(*) as pending from deliveries where event = ? and state != 'delivered'",
      event.id,
    );
    return { ...event, pending_webhooks: Number(row?.["pending"]) };
  }
}
