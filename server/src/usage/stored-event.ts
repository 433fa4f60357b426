import type { Complexity } from "../rating/rate-card.ts";
import type { UsageAction } from "./usage-event.ts";

/** One meter's part of a stored event, as it was rated at acceptance. Base units. */
export type StoredPart = {
  readonly units: bigint;
  readonly usedBefore: bigint;
  readonly included: bigint;
  readonly billable: bigint;
  readonly unitNanos: bigint | null;
  /** Nano-units times base units; see `countedScale`. */
  readonly amount: bigint;
};

/** An event as it lies in the ledger: the fact, where it counts, and its rating at acceptance. */
export type StoredEvent = {
  readonly organizationId: string;
  readonly id: string;
  readonly position: bigint;
  readonly periodId: string;
  readonly idempotencyKey: string;
  readonly action: UsageAction;
  readonly complexity: Complexity | null;
  readonly model: string | null;
  readonly premium: boolean;
  readonly quantity: bigint;
  readonly computeTimeMs: number | null;
  readonly tokensUsed: number | null;
  readonly storageBytes: bigint | null;
  readonly costNanos: bigint;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly userId: string | null;
  readonly projectId: string | null;
  readonly failed: boolean;
  readonly late: boolean;
  readonly trial: boolean;
  /** JSON text. */
  readonly metadata: string | null;
  /** The visible start of the key that reported it. */
  readonly keyPrefix: string | null;
  readonly counted: StoredPart;
  readonly compute: StoredPart;
};

export const noPart: StoredPart = {
  units: 0n,
  usedBefore: 0n,
  included: 0n,
  billable: 0n,
  unitNanos: null,
  amount: 0n,
};
