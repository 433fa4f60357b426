import { hash, randomUUID } from "node:crypto";

/** Counters of their own at once, and what further ones share. */
type Bounds = { readonly own: number; readonly shared: number };

/**
 * Keeps a process from holding more counters than fit, without letting any of them go.
 *
 * Dropping a counter that runs would make its limit none: who guesses a password would only have to ask
 * in a thousand names in between. So once there are as many as may be, names that are new share a few
 * counters until others end. Whoever shares one may be refused too early, and never too late.
 */
export class BoundedNames {
  readonly #bounds: Bounds;
  readonly #spanMs: number;
  /** When each ends, in this order: all have one span, so the oldest ends first. */
  readonly #ends = new Map<string, number>();
  /** So that nobody can work out who shares with whom. */
  readonly #salt = randomUUID();

  constructor(spanSeconds: number, bounds: Bounds) {
    this.#spanMs = spanSeconds * 1_000;
    this.#bounds = bounds;
  }

  /** What to count `name` under now. */
  under(name: string): string {
    const now = Date.now();
    this.#dropEnded(now);
    if (this.#ends.has(name)) return name;
    if (this.#ends.size >= this.#bounds.own) return this.#sharedBy(name);
    this.#ends.set(name, now + this.#spanMs);
    return name;
  }

  /** Whether it had a counter of its own, which may now be dropped. A shared one is not one name's to forget. */
  forget(name: string): boolean {
    return this.#ends.delete(name);
  }

  #dropEnded(now: number): void {
    for (const [name, end] of this.#ends) {
      if (end > now) return;
      this.#ends.delete(name);
    }
  }

  #sharedBy(name: string): string {
    const number = Number.parseInt(hash("sha256", this.#salt + name).slice(0, 8), 16);
    return `shared:${number % this.#bounds.shared}`;
  }
}
