import { DAY_MS, MINUTE_MS } from "../kernel/clock.ts";
import { parseDecimal } from "../kernel/exact.ts";
import { nanosFromMajor } from "../kernel/money.ts";
import { type Complexity } from "../rating/rate-card.ts";

export const usageActions = ["GENERATION", "VALIDATION", "EXPORT", "API_CALL", "STORAGE"] as const;
export type UsageAction = (typeof usageActions)[number];

/** What a caller reports, as it came. */
export type ReportedEvent = {
  readonly idempotencyKey: string;
  readonly action: UsageAction;
  readonly complexity?: Complexity | null;
  readonly model?: string | null;
  readonly quantity?: string | null;
  readonly computeTimeMs?: number | null;
  readonly tokensUsed?: number | null;
  readonly storageBytes?: bigint | number | null;
  readonly cost?: string | null;
  readonly occurredAt?: Date | null;
  readonly userId?: string | null;
  readonly projectId?: string | null;
  readonly failed?: boolean | null;
  readonly metadata?: unknown;
};

/** One fact, checked and with its defaults in place. */
export type UsageFact = {
  readonly idempotencyKey: string;
  readonly action: UsageAction;
  readonly complexity: Complexity | null;
  readonly model: string | null;
  /** Calls of an API_CALL; one for every other action. */
  readonly quantity: bigint;
  readonly computeTimeMs: number | null;
  readonly tokensUsed: number | null;
  readonly storageBytes: bigint | null;
  /** Cost of goods in nano-units, when it is known. */
  readonly costNanos: bigint | null;
  readonly occurredAt: Date;
  readonly userId: string | null;
  readonly projectId: string | null;
  readonly failed: boolean;
  readonly metadata: string | null;
};

const OLDEST_MS = 35 * DAY_MS;
const AHEAD_MS = 5 * MINUTE_MS;
const MAX_KEY_LENGTH = 255;
const MAX_TEXT_LENGTH = 200;
const MAX_METADATA_LENGTH = 8_192;
const MAX_QUANTITY = 1_000_000_000_000n;
const MAX_STORAGE_BYTES = 9_000_000_000_000_000_000n;
const MAX_COST_NANOS = 1_000_000n * 100n * 1_000_000_000n;

/** Why an idempotency key cannot be taken; null when it can. */
export function keyFault(key: string): string | null {
  if (key.length === 0 || key.trim() === "") return "idempotencyKey must not be empty.";
  if (key.length > MAX_KEY_LENGTH)
    return `idempotencyKey may have ${MAX_KEY_LENGTH} characters; this one has ${key.length}.`;
  return null;
}

/**
 * Checks one reported event against the rules of its action.
 *
 * @returns the fact, or in a sentence why it is refused and what would be right
 */
export function factOf(event: ReportedEvent, now: Date): UsageFact | string {
  const quantity = event.quantity === null || event.quantity === undefined ? null : parseDecimal(event.quantity);
  const fault =
    keyFault(event.idempotencyKey) ??
    actionFault(event, quantity) ??
    sizeFault(event) ??
    timeFault(event.occurredAt ?? now, now);
  if (fault !== null) return fault;

  const costNanos = event.cost === null || event.cost === undefined ? null : nanosFromMajor(event.cost);
  const metadata = event.metadata === null || event.metadata === undefined ? null : JSON.stringify(event.metadata);
  return {
    idempotencyKey: event.idempotencyKey,
    action: event.action,
    complexity: event.complexity ?? null,
    model: event.model ?? null,
    quantity: quantity?.numerator ?? 1n,
    computeTimeMs: event.computeTimeMs ?? null,
    tokensUsed: event.tokensUsed ?? null,
    storageBytes: event.storageBytes === null || event.storageBytes === undefined ? null : BigInt(event.storageBytes),
    costNanos,
    occurredAt: event.occurredAt ?? now,
    userId: event.userId ?? null,
    projectId: event.projectId ?? null,
    failed: event.failed ?? false,
    metadata,
  };
}

function actionFault(event: ReportedEvent, quantity: ReturnType<typeof parseDecimal>): string | null {
  const { action } = event;
  if (action === "GENERATION" && !event.complexity) return "A GENERATION needs its complexity, T0 to T3.";
  if (action === "STORAGE") {
    if (event.storageBytes === null || event.storageBytes === undefined)
      return "STORAGE needs storageBytes, the level from now on.";
    const bytes = BigInt(event.storageBytes);
    if (bytes < 0n || bytes > MAX_STORAGE_BYTES) return `storageBytes must be from 0 to ${MAX_STORAGE_BYTES}.`;
  } else if (event.storageBytes !== null && event.storageBytes !== undefined) {
    return "storageBytes belongs to STORAGE only.";
  }
  if (quantity !== null) {
    if (quantity.denominator !== 1n) return `quantity must be a whole number; ${event.quantity} is not.`;
    if (action !== "API_CALL" && quantity.numerator !== 1n)
      return "quantity belongs to API_CALL: report one event for each piece of other work.";
    if (quantity.numerator < 1n || quantity.numerator > MAX_QUANTITY)
      return `quantity must be from 1 to ${MAX_QUANTITY}.`;
  }
  if ((action === "API_CALL" || action === "STORAGE") && (event.computeTimeMs ?? 0) !== 0) {
    return "computeTimeMs belongs to GENERATION, VALIDATION and EXPORT.";
  }
  if (event.failed === true && action !== "GENERATION") return "failed belongs to GENERATION.";
  return null;
}

function sizeFault(event: ReportedEvent): string | null {
  if ((event.computeTimeMs ?? 0) < 0) return "computeTimeMs must be zero or more.";
  if ((event.tokensUsed ?? 0) < 0) return "tokensUsed must be zero or more.";
  for (const name of ["model", "userId", "projectId"] as const) {
    const text = event[name];
    if (text !== null && text !== undefined && (text === "" || text.length > MAX_TEXT_LENGTH))
      return `${name} must have from 1 to ${MAX_TEXT_LENGTH} characters.`;
  }
  if (event.cost !== null && event.cost !== undefined) {
    const nanos = nanosFromMajor(event.cost);
    if (nanos === null || nanos < 0n || nanos > MAX_COST_NANOS)
      return "cost must be from 0 to 1000000 dollars with at most 11 places.";
  }
  if (event.metadata !== null && event.metadata !== undefined) {
    if (typeof event.metadata !== "object" || Array.isArray(event.metadata)) return "metadata must be a JSON object.";
    if (JSON.stringify(event.metadata).length > MAX_METADATA_LENGTH)
      return `metadata may have ${MAX_METADATA_LENGTH} characters as JSON.`;
  }
  return null;
}

function timeFault(occurredAt: Date, now: Date): string | null {
  const age = now.getTime() - occurredAt.getTime();
  if (age > OLDEST_MS)
    return `occurredAt is more than 35 days ago: ${occurredAt.toISOString()}. Events are taken up to 35 days back.`;
  if (age < -AHEAD_MS)
    return `occurredAt is more than 5 minutes ahead: ${occurredAt.toISOString()}. The present time is ${now.toISOString()}.`;
  return null;
}

/**
 * The content of an event, for telling a duplicate from a conflict: what the caller said, with
 * defaults made explicit, so that a retry that leaves out `occurredAt` is the same again.
 */
export function contentOf(event: ReportedEvent): string {
  const quantity = event.quantity === null || event.quantity === undefined ? null : parseDecimal(event.quantity);
  return JSON.stringify([
    event.action,
    event.complexity ?? null,
    event.model ?? null,
    quantity === null ? "1" : `${quantity.numerator}/${quantity.denominator}`.replace(/\/1$/, ""),
    event.computeTimeMs ?? 0,
    event.tokensUsed ?? null,
    event.storageBytes?.toString() ?? null,
    event.cost === null || event.cost === undefined ? null : (nanosFromMajor(event.cost)?.toString() ?? event.cost),
    event.occurredAt?.getTime() ?? null,
    event.userId ?? null,
    event.projectId ?? null,
    event.failed ?? false,
    event.metadata === null || event.metadata === undefined ? null : sorted(event.metadata),
  ]);
}

/** JSON with the keys of objects in order: their order is not content. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}
