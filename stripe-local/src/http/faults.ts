import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../store/database.ts";

export const faultKinds = [
  "status",
  "drop",
  "delay",
  "webhook-duplicate",
  "webhook-reorder",
  "webhook-late",
  "webhook-drop",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Something that is to go wrong. */
export type Fault = {
  /**
   * A regular expression: of requests it meets "POST /v1/invoices/in_1/pay", of webhooks the type of the event.
   */
  readonly match: string;
  readonly kind: FaultKind;
  /** The answer's status, of `status`. */
  readonly status?: number;
  /** Whether it goes wrong once the request has been done and committed, of `status` and `drop`. */
  readonly after?: boolean;
  /** How often it still happens. */
  readonly times: number;
  /** How long it takes, of `delay` and `webhook-late`. */
  readonly ms?: number;
};

const SETTING = "faults";

/** The faults that were asked for, kept with the state. */
export class Faults {
  readonly #database: Database;
  #all: Fault[];

  constructor(database: Database) {
    this.#database = database;
    const row = database.row("select value from settings where name = ?", SETTING);
    this.#all = row ? (JSON.parse(String(row["value"])) as Fault[]) : [];
  }

  list(): readonly Fault[] {
    return this.#all;
  }

  replace(faults: readonly Fault[]): void {
    this.#all = [...faults];
    this.#database.run(
      "insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
      SETTING,
      JSON.stringify(faults),
    );
  }

  /** Uses up one time of the first fault that fits, if any. */
  take(subject: string, kinds: readonly FaultKind[]): Fault | null {
    const found = this.#all.find(({ kind, match, times }) => {
      return times > 0 && kinds.includes(kind) && new RegExp(match).test(subject);
    });
    if (!found) return null;
    const left = { ...found, times: found.times - 1 };
    this.replace(this.#all.flatMap((fault) => (fault === found ? (left.times > 0 ? [left] : []) : [fault])));
    return found;
  }
}

export const delayOf = async ({ ms = 1_000 }: Fault): Promise<void> => {
  await sleep(ms);
};
