import { z } from "zod";
import { EdgeFault } from "../platform/graphql/errors.ts";
import type { Platform } from "../platform/scope.ts";
import { instantOf, unixOf } from "./stripe-client.ts";

const clockAnswer = z.object({ now: z.number() });
const webhooksAnswer = z.object({ pending: z.number(), waiting: z.number(), failed: z.number() });

const TIMEOUT_MS = 30_000;

/** The stand-in's clock and its webhooks, as far as the sandbox moves time. */
export class StandIn {
  readonly #base: string;

  constructor(base: string) {
    this.#base = base;
  }

  /** What time it is there. */
  async now(): Promise<Date> {
    // In milliseconds, since the clock flows.
    return new Date(clockAnswer.parse(await this.#ask("GET", "/_local/clock")).now);
  }

  /** Moves to the next instant up to `until` at which something is due, does it, and says which instant that is. */
  async step(until: Date): Promise<Date> {
    return instantOf(clockAnswer.parse(await this.#ask("POST", "/_local/clock/step", { until: unixOf(until) })).now);
  }

  /** Moves to `to` and does all that is due on the way. */
  async advance(to: Date): Promise<void> {
    await this.#ask("POST", "/_local/clock/advance", { to: unixOf(to) });
  }

  /** How many webhooks are on their way. Those that wait for a receiver to come back are not. */
  async webhooksPending(): Promise<number> {
    return webhooksAnswer.parse(await this.#ask("GET", "/_local/webhooks")).pending;
  }

  async #ask(method: "GET" | "POST", path: string, body?: object): Promise<unknown> {
    let answer: Response;
    try {
      answer = await fetch(`${this.#base}${path}`, {
        method,
        ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      throw new EdgeFault("UPSTREAM_UNAVAILABLE", `The stand-in for Stripe at ${this.#base} does not answer.`, {
        cause: error instanceof Error ? error.message : String(error),
      });
    }
    if (!answer.ok)
      throw new EdgeFault("UPSTREAM_UNAVAILABLE", `The stand-in for Stripe answered ${answer.status} to ${path}.`);
    return answer.json();
  }
}

/** The stand-in; null with a Stripe key, and where none is running (port 0). */
export function standInOf({ config }: Platform): StandIn | null {
  const { standIn } = config.stripe;
  return standIn === null || new URL(standIn).port === "0" ? null : new StandIn(standIn);
}
