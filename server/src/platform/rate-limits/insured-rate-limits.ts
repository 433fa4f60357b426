import { SECOND_MS } from "../../kernel/clock.ts";
import type { Logger } from "../log.ts";
import { inTime } from "./in-time.ts";
import { fallenBack, localAnswers } from "./rate-limit-metrics.ts";
import type { Counters, RateLimit, RateLimits, Taken } from "./rate-limits.ts";

/** How long to wait before the shared counters are tried again: longer each time they did not last, to a bound. */
const TRY_AGAIN_MS = 250;
const MOST_TRY_AGAIN_MS = 4_000;

/** When the shared counters have answered for this long they are trusted as before. */
const LASTED_MS = 10 * SECOND_MS;

/** In place of an answer: the local counters have to give it. */
const fallback = Symbol("fallback");

type Parts = {
  readonly shared: Counters;
  readonly local: Counters;
  readonly log: Logger;
  /** How long an answer from the shared counters is waited for. */
  readonly answerWithinMs: number;
  /** Lets go of what the shared counters are on. */
  readonly close: () => void;
};

/**
 * Shared counters, insured by this process's own.
 *
 * Each answer of the shared counters is awaited for `answerWithinMs`. The first that is late or fails
 * is given by the local counters, and from then on all are, at once. One look at a time, and never a
 * caller's, tries whether the shared ones answer again for the owner with whom they failed; then they
 * are asked for all again.
 *
 * What that bounds: while fallen back, each process allows a limit once in its span, beside what was
 * taken from the shared counter before. What was taken locally is not carried over. A late step may
 * still be counted there, as it should: its caller was answered.
 */
export class InsuredRateLimits implements RateLimits {
  readonly #parts: Parts;
  #fault: string | null = null;
  #sharedSince = 0;
  #tryAgainMs = TRY_AGAIN_MS;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    fallenBack.set(0);
  }

  get degraded(): string | null {
    return this.#fault === null ? null : "rate limits: Redis does not answer, each process counts by itself";
  }

  async take(limit: RateLimit): Promise<Taken> {
    const taken = await this.#ask(limit, () => this.#parts.shared.take(limit));
    if (taken !== fallback) return { ...taken, giveBack: () => this.#giveBack(limit, taken) };
    localAnswers.inc();
    return this.#parts.local.take(limit);
  }

  async forget(limit: RateLimit): Promise<void> {
    await this.#parts.local.forget(limit);
    await this.#ask(limit, () => this.#parts.shared.forget(limit));
  }

  /** From now on this process counts by itself, until `owner`'s shared counters answer. */
  fallBack(owner: string, reason: unknown): void {
    if (this.#fault !== null || this.#closed) return;
    this.#fault = reason instanceof Error ? reason.message : String(reason);
    fallenBack.set(1);
    const lasted = Date.now() - this.#sharedSince > LASTED_MS;
    this.#tryAgainMs = lasted ? TRY_AGAIN_MS : Math.min(this.#tryAgainMs * 2, MOST_TRY_AGAIN_MS);
    this.#parts.log.warn({ reason: this.#fault }, "rate limits: Redis does not answer, this process counts by itself");
    this.#tryLater(owner);
  }

  close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#parts.close();
    return Promise.resolve();
  }

  async #giveBack(limit: RateLimit, taken: Taken): Promise<void> {
    await this.#ask(limit, taken.giveBack);
  }

  /** What the shared counters say, or that the local ones have to. */
  async #ask<Answer>({ owner }: RateLimit, ask: () => Promise<Answer>): Promise<Answer | typeof fallback> {
    if (this.#fault !== null) return fallback;
    try {
      return await inTime(ask(), this.#parts.answerWithinMs);
    } catch (error) {
      this.fallBack(owner, error);
      return fallback;
    }
  }

  /** A little earlier or later than others, who lost it at the same moment. */
  #tryLater(owner: string): void {
    const waitMs = this.#tryAgainMs * (0.75 + Math.random() / 2);
    this.#timer = setTimeout(() => void this.#tryAgain(owner), waitMs).unref();
  }

  async #tryAgain(owner: string): Promise<void> {
    // A step that counts, so that a Redis that only answers reads is not taken for a whole one.
    const probe = { owner, name: "probe", most: Number.MAX_SAFE_INTEGER, spanSeconds: 1 };
    try {
      await inTime(this.#parts.shared.take(probe), this.#parts.answerWithinMs);
    } catch {
      if (!this.#closed) this.#tryLater(owner);
      return;
    }
    if (this.#closed) return;
    this.#fault = null;
    this.#sharedSince = Date.now();
    fallenBack.set(0);
    this.#parts.log.info("rate limits: Redis answers again");
  }
}
