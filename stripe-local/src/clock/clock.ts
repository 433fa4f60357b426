import type { Database } from "../store/database.ts";
import type { Due, Store } from "../store/store.ts";

/** How long the clock waits for the next step, before it flows on by itself. */
const HELD_MS = 60_000;
/** More work than this at one instant of one object is a loop. */
const MAX_ROUNDS = 1_000;
const PIECES_PER_COMMIT = 50;
const BREATH_EVERY_MS = 20;

const SETTING = "clock_offset_ms";

type Works = {
  readonly database: Database;
  readonly store: Store;
  /** The machine's time in milliseconds. */
  readonly machineMs: () => number;
  /** Does what is due at an object, at the instant at which it is due, as one transaction. */
  readonly work: (due: Due) => void;
};

export type Step = { readonly now: number; readonly worked: number; readonly reachedUntil: boolean };

/**
 * The time of the sandbox: the machine's, moved forward by an offset that is kept with the state.
 *
 * Work that falls due is done in the order of time, each piece at its own instant. Between the steps of somebody who
 * goes through time piece by piece the clock flows, but never past the next instant at which something is due.
 */
export class Clock {
  readonly #works: Works;
  #offsetMs: number;
  #heldUntilMs = 0;
  #steppedMs = 0;
  #instant: number | null = null;
  #breathedAt = 0;
  #moving: Promise<unknown> = Promise.resolve();

  constructor(works: Works) {
    this.#works = works;
    this.#offsetMs = this.#savedOffset();
  }

  /** Milliseconds. */
  nowMs(): number {
    if (this.#instant !== null) return this.#instant * 1000;
    const flowing = this.#works.machineMs() + this.#offsetMs;
    if (!this.#isHeld()) return flowing;
    const next = this.#works.store.nextDue();
    return next ? Math.min(flowing, Math.max(next.at * 1000, this.#steppedMs)) : flowing;
  }

  /** Unix seconds. */
  now(): number {
    return Math.floor(this.nowMs() / 1000);
  }

  nextDue(): number | null {
    return this.#works.store.nextDue()?.at ?? null;
  }

  /** Does what has fallen due as time went by. */
  catchUp(): void {
    if (this.#instant !== null || this.#isHeld()) return;
    const now = this.now();
    for (let due = this.#works.store.nextDue(); due && due.at <= now; due = this.#works.store.nextDue()) {
      for (const _piece of this.#worksAt(due.at));
    }
  }

  /**
   * Does everything that is due up to an instant and goes on from there.
   *
   * @param to unix seconds
   * @throws RangeError when it lies in the past
   */
  advance(to: number): Promise<Step> {
    return this.#inTurn(async () => {
      this.#checkAhead(to);
      let worked = 0;
      for (let due = this.#works.store.nextDue(); due && due.at <= to; due = this.#works.store.nextDue()) {
        worked += await this.#workAt(due.at);
        this.#standAt(Math.max(due.at, this.now()));
        this.#hold();
      }
      this.#standAt(to);
      this.#release();
      return { now: to, worked, reachedUntil: true };
    });
  }

  /**
   * Goes to the next instant at which something is due, at the latest to `until`, and does that instant's work.
   *
   * @param until unix seconds
   * @throws RangeError when it lies in the past
   */
  step(until: number): Promise<Step> {
    return this.#inTurn(async () => {
      const due = this.#works.store.nextDue();
      if (!due || due.at > until) {
        if (until > this.now()) this.#standAt(until);
        this.#release();
        return { now: this.now(), worked: 0, reachedUntil: true };
      }
      const worked = await this.#workAt(due.at);
      this.#standAt(Math.max(due.at, Math.min(this.now(), until)));
      const reachedUntil = due.at >= until;
      if (reachedUntil) this.#release();
      else this.#hold();
      return { now: this.now(), worked, reachedUntil };
    });
  }

  /** As on the first day: the machine's time. */
  reset(): void {
    this.#offsetMs = 0;
    this.#release();
    this.#save();
  }

  /** All work of one instant. Requests may come in between; they find the clock at that instant. */
  async #workAt(at: number): Promise<number> {
    const pieces = this.#worksAt(at);
    let worked = 0;
    try {
      for (let isOver = false; !isOver;) {
        // Some pieces share a commit: nobody is told of any before the clock has got there.
        this.#works.database.transaction(() => {
          // With the work, so that after a crash nothing is younger than the clock.
          if (at > this.#flowing()) this.#standAt(at);
          for (let piece = 0; piece < PIECES_PER_COMMIT && !isOver; piece += 1) {
            isOver = pieces.next().done ?? true;
            if (!isOver) worked += 1;
          }
        });
        await this.#breathe();
      }
    } finally {
      pieces.return(undefined);
    }
    return worked;
  }

  /** Lets others have their turn now and then, however many instants there are. */
  async #breathe(): Promise<void> {
    if (performance.now() - this.#breathedAt < BREATH_EVERY_MS) return;
    await new Promise((resume) => setImmediate(resume));
    this.#breathedAt = performance.now();
  }

  /** Piece by piece, also what the work brings about at the same instant. */
  *#worksAt(at: number): Generator<Due, void> {
    const rounds = new Map<string, number>();
    try {
      this.#instant = at;
      for (let due = this.#works.store.nextDue(); due && due.at <= at; due = this.#works.store.nextDue()) {
        const round = (rounds.get(due.id) ?? 0) + 1;
        if (round > MAX_ROUNDS) throw new Error(`The work at ${due.kind} ${due.id} comes to no end.`);
        rounds.set(due.id, round);
        this.#works.work(due);
        yield due;
      }
    } finally {
      this.#instant = null;
    }
  }

  #checkAhead(to: number): void {
    if (to < this.now()) throw new RangeError(`The clock only moves forward: it is ${this.now()} and not yet ${to}.`);
  }

  #standAt(instant: number): void {
    this.#steppedMs = instant * 1000;
    this.#offsetMs = instant * 1000 - this.#works.machineMs();
    this.#save();
  }

  /** Unix seconds by the offset alone. */
  #flowing(): number {
    return (this.#works.machineMs() + this.#offsetMs) / 1000;
  }

  #hold(): void {
    this.#heldUntilMs = this.#works.machineMs() + HELD_MS;
  }

  #release(): void {
    this.#heldUntilMs = 0;
  }

  #isHeld(): boolean {
    return this.#works.machineMs() < this.#heldUntilMs;
  }

  #inTurn<T>(move: () => T | Promise<T>): Promise<T> {
    const mine = this.#moving.then(move);
    this.#moving = mine.catch(() => undefined);
    return mine;
  }

  #savedOffset(): number {
    const row = this.#works.database.row("select value from settings where name = ?", SETTING);
    return row ? Number(row["value"]) : 0;
  }

  #save(): void {
    this.#works.database.run(
      "insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
      SETTING,
      String(this.#offsetMs),
    );
  }
}
