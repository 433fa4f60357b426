import { badInput } from "../platform/graphql/errors.ts";
import { factOf, type ReportedEvent } from "../usage/usage-event.ts";
import type { Work } from "./decide-usage.ts";

/** A question as it came. */
export type AskedWork = Omit<ReportedEvent, "idempotencyKey"> & {
  readonly requires?: readonly string[] | null;
  readonly hold?: boolean | null;
  readonly holdSeconds?: number | null;
};

const HOLD_SECONDS = 300;
const MOST_HOLD_SECONDS = 86_400;
const MOST_REQUIRED = 20;

/**
 * The work of a question, by the rules of an event of its action.
 *
 * @throws EdgeFault BAD_USER_INPUT in a sentence that says what would be right
 */
export function readWork(asked: AskedWork, now: Date): Work {
  const fact = factOf({ ...asked, idempotencyKey: "asked" }, now);
  if (typeof fact === "string") throw badInput(fact);
  const requires = asked.requires ?? [];
  if (requires.length > MOST_REQUIRED) throw badInput(`requires may name ${MOST_REQUIRED} entitlements.`);
  return {
    action: fact.action,
    complexity: fact.complexity,
    model: fact.model,
    quantity: fact.quantity,
    computeTimeMs: fact.computeTimeMs,
    storageBytes: fact.storageBytes,
    requires,
  };
}

/** How long the units are to be held; null when they are not. @throws EdgeFault BAD_USER_INPUT */
export function readHoldMs({ action, hold, holdSeconds }: AskedWork): number | null {
  const seconds = holdSeconds ?? HOLD_SECONDS;
  if (seconds < 1 || seconds > MOST_HOLD_SECONDS)
    throw badInput(`holdSeconds must be from 1 to ${MOST_HOLD_SECONDS}; ${seconds} is not.`);
  if (hold !== true) return null;
  if (action === "STORAGE") throw badInput("A level of storage cannot be held: report it when it changes.");
  return seconds * 1_000;
}
