import { setTimeout as after } from "node:timers/promises";

/** Counts what happens, and tells those who wait for a number of it. */
export class Tally {
  #count = 0;
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  get count(): number {
    return this.#count;
  }

  add(): void {
    this.#count += 1;
    for (const { count, resolve } of this.#waiting) if (this.#count >= count) resolve();
    this.#waiting = this.#waiting.filter(({ count }) => this.#count < count);
  }

  /** Until it has happened so many times more. */
  more(count: number): Promise<void> {
    const wanted = this.#count + count;
    return count === 0 ? Promise.resolve() : new Promise((resolve) => this.#waiting.push({ count: wanted, resolve }));
  }
}

/** Some moment from now on: what a fault comes at, not what anything is waited for. */
export async function someMoment(latestMs: number): Promise<number> {
  const ms = Math.random() * latestMs;
  await after(ms);
  return ms;
}

/** The median of an odd number of them, or the larger of the middle two. */
export const middleOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
