import { createHash } from "node:crypto";
import type { Database } from "../store/database.ts";
import type { Answer } from "./envelope.ts";
import { StripeError } from "./stripe-error.ts";

/** Stripe forgets keys after a day at the earliest; here they stay for a month of the machine's time. */
const KEPT_MS = 30 * 86_400_000;

export type SavedAnswer = Answer & { readonly request: string };

/** The answers given under idempotency keys. */
export class AnswerBook {
  readonly #database: Database;
  readonly #inFlight = new Set<string>();

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * The answer that was given under `key` before, or null for a new key.
   *
   * @throws StripeError when the key came with another request, or with one that is still under way
   */
  find(key: string, fingerprint: string): SavedAnswer | null {
    if (this.#inFlight.has(key)) {
      throw new StripeError(
        `There is currently another in-progress request using this Stripe-Idempotency-Key (that probably means you submitted twice, and the other request is still going through): ${key}. If you're submitting requests at the same time, use a different Stripe-Idempotency-Key for each.`,
        { status: 409, type: "idempotency_error", code: "idempotency_key_in_use" },
      );
    }
    const row = this.#database.row("select fingerprint, status, body, request from answers where key = ?", key);
    if (!row) return null;
    if (row["fingerprint"] !== fingerprint) {
      throw new StripeError(
        `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
        { type: "idempotency_error" },
      );
    }
    return { status: Number(row["status"]), body: String(row["body"]), request: String(row["request"]) };
  }

  /** Holds the key while a request takes its time; the result lets it go. */
  hold(key: string): () => void {
    this.#inFlight.add(key);
    return () => this.#inFlight.delete(key);
  }

  /** Saves in the transaction that is open. */
  save(key: string, fingerprint: string, { status, body, request }: SavedAnswer): void {
    this.#database.run(
      "insert into answers (key, fingerprint, status, body, request, saved_ms) values (?, ?, ?, ?, ?, ?)",
      key,
      fingerprint,
      status,
      body,
      request,
      Date.now(),
    );
  }

  forgetOld(): void {
    this.#database.run("delete from answers where saved_ms < ?", Date.now() - KEPT_MS);
  }
}

/** Tells whether two requests are the same one: operation and parameters, whatever their order. */
export const fingerprintOf = (method: string, path: string, params: unknown): string =>
  createHash("sha256")
    .update(`${method} ${path}\n${JSON.stringify(sorted(params))}`)
    .digest("hex");

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)]);
}
