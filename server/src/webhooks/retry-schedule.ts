import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../kernel/clock.ts";
import type { WebhookEventType } from "./webhook-event.ts";

/** The waits after each failed try: eight tries over a little more than three days. */
const waitsMs: readonly number[] = [
  30 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  20 * HOUR_MS,
  44 * HOUR_MS,
];

/** How many tries a message gets before it waits to be sent again by hand. */
export const TRIES = waitsMs.length + 1;

/** So that those who failed together do not come back together. */
const JITTER = 0.1;

/**
 * How long to wait after so many failed tries; null when there is no further one.
 *
 * @param random from 0 to 1
 */
export function waitAfterMs(failedTries: number, random: number): number | null {
  const waitMs = waitsMs[failedTries - 1];
  return waitMs === undefined ? null : Math.round(waitMs * (1 + JITTER * random));
}

/** A test is tried once: somebody waits for its outcome. */
export const triesOf = (type: WebhookEventType): number => (type === "webhook.test" ? 1 : TRIES);
