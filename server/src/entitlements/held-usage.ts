import { type Exact, exact } from "../kernel/exact.ts";
import { type CountedMeter, countedScale } from "../rating/meter.ts";

/** Sums that a hold keeps back, in base units of each counted meter. */
export type Held = Readonly<Record<CountedMeter, bigint>> & {
  /** The estimated price, in `HELD_SCALE`ths of a nano-unit. */
  readonly amount: bigint;
};

/** A common scale for amounts of all counted meters, so that they add up as whole numbers. */
export const HELD_SCALE = countedScale.compute;

export const nothingHeld: Held = { generations: 0n, api_calls: 0n, compute: 0n, amount: 0n };

export const addHeld = (a: Held, b: Held): Held => ({
  generations: a.generations + b.generations,
  api_calls: a.api_calls + b.api_calls,
  compute: a.compute + b.compute,
  amount: a.amount + b.amount,
});

/** The estimated price in nano-units. */
export const heldNanos = ({ amount }: Held): Exact => exact(amount, HELD_SCALE);
