import type { Database, Row } from "../store/database.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long after each attempt the next one comes; then a delivery is given up, after about three days. */
const BACK_OFF_MS = [
  SECOND,
  5 * SECOND,
  30 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  ...Array.from({ length: 5 }, () => 12 * HOUR),
];

/** As long as nobody is there, the wait stays at this step. */
const UNANSWERED_STEP = 2;

/** One event on its way to one endpoint. */
export type Delivery = {
  readonly id: number;
  readonly event: string;
  readonly endpoint: string;
  readonly attempts: number;
};

export type Counts = { readonly pending: number; readonly waiting: number; readonly failed: number };

/** What is still to be delivered, kept with the state. Times are the machine's. */
export class DeliveryQueue {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The next ones that are due, without those that are under way. */
  due(nowMs: number, limit: number, underWay: ReadonlySet<number>): Delivery[] {
    const rows = this.#database.rows(
      "select id, event, endpoint, attempts from deliveries where state = 'pending' and next_attempt_ms <= ? order by next_attempt_ms, id limit ?",
      nowMs,
      limit + underWay.size,
    );
    return rows
      .map(deliveryOf)
      .filter(({ id }) => !underWay.has(id))
      .slice(0, limit);
  }

  /** When the next one comes due, in milliseconds, or null when nothing is pending. */
  nextMs(): number | null {
    const row = this.#database.row("select min(next_attempt_ms) as next from deliveries where state = 'pending'");
    return row?.["next"] == null ? null : Number(row["next"]);
  }

  counts(nowMs: number): Counts {
    const row = this.#database.row(
      `select count(*) filter (where state = 'pending' and next_attempt_ms <= ?) as pending,
              count(*) filter (where state = 'pending' and next_attempt_ms > ?) as waiting,
              count(*) filter (where state = 'failed') as failed from deliveries`,
      nowMs,
      nowMs,
    );
    return { pending: Number(row?.["pending"]), waiting: Number(row?.["waiting"]), failed: Number(row?.["failed"]) };
  }

  succeeded(id: number, answer: string): void {
    this.#database.run(
      "update deliveries set state = 'delivered', attempts = attempts + 1, last_answer = ? where id = ?",
      answer,
      id,
    );
  }

  /**
   * Puts it off, or gives it up after the last attempt.
   *
   * @param wasAnswered whether anybody was there to refuse it: one who is restarted finds all of it soon afterwards
   */
  failedOnce({ id, attempts }: Delivery, answer: string, wasAnswered: boolean, nowMs: number): void {
    const tried = wasAnswered ? attempts : Math.min(attempts, UNANSWERED_STEP);
    const wait = BACK_OFF_MS[tried];
    this.#database.run(
      "update deliveries set state = ?, attempts = ?, next_attempt_ms = ?, last_answer = ? where id = ?",
      wait === undefined ? "failed" : "pending",
      tried + 1,
      nowMs + (wait ?? 0),
      answer,
      id,
    );
  }

  giveUp(id: number, why: string): void {
    this.#database.run("update deliveries set state = 'failed', last_answer = ? where id = ?", why, id);
  }

  /** Whatever waits for its back-off is due now. */
  hurry(nowMs: number): void {
    this.#database.run("update deliveries set next_attempt_ms = ? where state = 'pending'", nowMs);
  }
}

const deliveryOf = (row: Row): Delivery => ({
  id: Number(row["id"]),
  event: String(row["event"]),
  endpoint: String(row["endpoint"]),
  attempts: Number(row["attempts"]),
});
