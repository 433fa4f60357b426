import { MINUTE_MS, SECOND_MS } from "../../kernel/clock.ts";
import type { Logger } from "../log.ts";
import { inTime } from "./in-time.ts";
import { fallenBack, localAnswers, lostCounters } from "./rate-limit-metrics.ts";
import type { LocalCounters, RateLimit, RateLimits, SharedCounters, Taken } from "./rate-limits.ts";

/** How long to wait before the shared counters are tried again: longer each time they did not last, to a bound. */
const TRY_AGAIN_MS = 250;
const MOST_TRY_AGAIN_MS = 4_000;

/** When the shared counters have answered for this long they are trusted as before. */
const LASTED_MS = 10 * SECOND_MS;

/** Lost counters are told in the log once in this time. */
const TELL_EVERY_MS = MINUTE_MS;

/** In place of an answer: the local counters have to give it. */
const fallback = Symbol("fallback");

type Parts = {
  readonly shared: SharedCounters;
  readonly local: LocalCounters;
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
 * Local counters go on from how the shared ones stood when they answered last. That bounds what is
 * given out while fallen back: each process what it knows to be left. What was taken locally is not
 * carried over. A late step may still be counted there, as it should: its caller was answered.
 *
 * A shared counter that began anew before its span was over was lost, by a flush or a start without its
 * data. Until the span it had is over, its local counter must allow what is asked for too.
 */
export class InsuredRateLimits implements RateLimits {
  readonly #parts: Parts;
  #fault: string | null = null;
  #sharedSince = 0;
  #toldLostAt = 0;
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
    const { local, shared } = this.#parts;
    const taken = await this.#ask(limit, () => shared.take(limit));
    if (taken === fallback) {
      localAnswers.inc();
      return local.take(limit);
    }
    const ofShared: Taken = { ...taken, giveBack: () => this.#giveBack(limit, taken) };
    return local.goOnFrom(limit, taken.standing) ? ofShared : this.#takeOfBoth(limit, ofShared);
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

  /** What a counter gives that was lost: no more than this process's own, which knows how it stood before. */
  async #takeOfBoth(limit: RateLimit, ofShared: Taken): Promise<Taken> {
    this.#tellLost();
    const ofLocal = await this.#parts.local.take(limit);
    const giveBack = async (): Promise<void> => {
      await Promise.all([ofShared.giveBack(), ofLocal.giveBack()]);
    };
    if (ofShared.allowed && ofLocal.allowed)
      return { ...(ofShared.remaining < ofLocal.remaining ? ofShared : ofLocal), giveBack };
    await giveBack();
    return ofLocal.allowed ? ofShared : ofLocal;
  }

  #tellLost(): void {
    lostCounters.inc();
    if (Date.now() - this.#toldLostAt < TELL_EVERY_MS) return;
    this.#toldLostAt = Date.now();
    this.#parts.log.warn(
      "rate limits: Redis lost counters, this process goes on from how they stood until their spans are over",
    );
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
