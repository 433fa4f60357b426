import type { Complexity } from "../rating/rate-card.ts";
import type { UsageFact } from "./usage-event.ts";

/** Nano-units of a cent. */
const CENT = 1_000_000_000n;

/** What a generation costs QLP at its language-model provider, unless the event says better. */
const llmNanos: Readonly<Record<Complexity, bigint>> = { T0: 2n * CENT, T1: 4n * CENT, T2: 7n * CENT, T3: 10n * CENT };
const PREMIUM_FACTOR = 2n;
const COMPUTE_NANOS_PER_GENERATION = 1n * CENT;

/**
 * The cost of goods of one event in nano-units: the reported one, else the default of a generation.
 * Storage costs by GB and day and is not an event's cost.
 */
export function costNanosOf(fact: Pick<UsageFact, "action" | "complexity" | "costNanos">, premium: boolean): bigint {
  if (fact.costNanos !== null) return fact.costNanos;
  if (fact.action !== "GENERATION" || fact.complexity === null) return 0n;
  return llmNanos[fact.complexity] * (premium ? PREMIUM_FACTOR : 1n) + COMPUTE_NANOS_PER_GENERATION;
}
