/** How many of one owner's callers may be inside at once, and how long the others wait at most. */
type Rules = { readonly most: number; readonly patienceMs: number; readonly tooLate: () => Error };

type Waiting = { readonly enter: () => void; readonly giveUp: NodeJS.Timeout };

/**
 * Lets a few callers of each owner in at a time, in the order they came.
 *
 * What they share inside is scarce, such as connections. An owner whose callers all wait for
 * something, such as a lock that is held, then takes a few of them and leaves the rest to others.
 */
export class Turnstile {
  readonly #rules: Rules;
  readonly #inside = new Map<string, number>();
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  /** Runs `work` once there is a place. @throws what `tooLate` makes when there was none in time */
  async pass<T>(owner: string, work: () => Promise<T>): Promise<T> {
    const inside = this.#inside.get(owner) ?? 0;
    if (inside < this.#rules.most) this.#inside.set(owner, inside + 1);
    else await this.#turn(owner);
    try {
      return await work();
    } finally {
      this.#leave(owner);
    }
  }

  /** A place, handed over by one who leaves. */
  #turn(owner: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const line = this.#waiting.get(owner) ?? [];
      this.#waiting.set(owner, line);
      const giveUp = setTimeout(() => {
        line.splice(line.indexOf(waiting), 1);
        if (line.length === 0) this.#waiting.delete(owner);
        reject(this.#rules.tooLate());
      }, this.#rules.patienceMs);
      const waiting = { enter: resolve, giveUp };
      line.push(waiting);
    });
  }

  #leave(owner: string): void {
    const line = this.#waiting.get(owner);
    const next = line?.shift();
    if (line?.length === 0) this.#waiting.delete(owner);
    if (next) {
      clearTimeout(next.giveUp);
      next.enter();
      return;
    }
    const left = (this.#inside.get(owner) ?? 1) - 1;
    if (left === 0) this.#inside.delete(owner);
    else this.#inside.set(owner, left);
  }
}
