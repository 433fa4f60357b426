import { add, type Exact, exact, subtract, zero } from "../kernel/exact.ts";
import { nanosFromMinor } from "../kernel/money.ts";
import { lengthMs } from "../kernel/period.ts";
import { type CountedMeter, countedScale, scaleOf } from "../rating/meter.ts";
import type { PlanTerms } from "../catalog/plan-terms.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { type MeterPart, type PeriodUsage, type RateableFact, rateFact } from "../usage/rate-fact.ts";
import { rateStorage } from "../usage/rate-storage.ts";
import type { UsageAction } from "../usage/usage-event.ts";
import { addHeld, type Held, HELD_SCALE, heldNanos, nothingHeld } from "./held-usage.ts";

/** Why work may not start; the first that holds, by how long it will hold. */
export const refusalReasons = [
  "SUBSCRIPTION_INACTIVE",
  "NOT_ENTITLED",
  "QUOTA_EXCEEDED",
  "SPENDING_CAP",
  "RATE_LIMITED",
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** Work that somebody wants to start. */
export type Work = Omit<RateableFact, "failed"> & {
  /** For STORAGE: the level that would stand from now on. */
  readonly storageBytes: bigint | null;
  /** Rights that the plan must grant, such as `custom_models`. */
  readonly requires: readonly string[];
};

/** How an organization stands at the moment of a decision. */
export type Standing = {
  readonly subscription: CurrentSubscription;
  /** Whose rights and rates hold; see `termsInForce`. */
  readonly terms: PlanTerms;
  /** Usage of the current period with the units held on top. */
  readonly usage: PeriodUsage;
  readonly held: Held;
  /** Rated usage of the period in nano-units, storage as estimated; needed only where there is a cap. */
  readonly spent: Exact;
  readonly capMinor: bigint | null;
  readonly storage: { readonly byteMilliseconds: bigint; readonly currentBytes: bigint };
  readonly now: Date;
};

export type Verdict = {
  readonly reason: RefusalReason | null;
  /** What is left of the allowance of the work's own meter, in its unit; null: unlimited. */
  readonly remaining: Exact | null;
  /** What the work would cost, in nano-units; zero while it is included. */
  readonly estimate: Exact;
  /** What a hold keeps back. */
  readonly held: Held;
};

/**
 * May this work start, as the organization stands? All meters that the work feeds, or none.
 *
 * A quota refuses only on a plan with hard limits. A spending cap refuses work that would cost
 * something and take the period's usage past it; what is still included costs nothing and may start.
 */
export function decideUsage(standing: Standing, work: Work): Verdict {
  const { subscription, capMinor } = standing;
  const trial = isTrial(standing);
  const rated = rateFact(subscription.card, new Map(standing.usage), { ...work, failed: false }, trial);
  const parts = [rated.counted, rated.compute].filter((part) => part !== null);
  const held = parts.map(heldOf).reduce(addHeld, nothingHeld);
  const estimate = work.action === "STORAGE" ? storageEstimate(standing, work.storageBytes ?? 0n) : heldNanos(held);

  const pastQuota =
    parts.some((part) => part.rated.overLimit > 0n) || !mayStore(standing, work) || usedUp(standing, work);
  const pastCap =
    capMinor !== null &&
    estimate.numerator > 0n &&
    isAbove(add(add(standing.spent, heldNanos(standing.held)), estimate), nanosFromMinor(capMinor));
  const reason = !isActive(subscription)
    ? "SUBSCRIPTION_INACTIVE"
    : work.requires.some((key) => !grants(standing.terms, key))
      ? "NOT_ENTITLED"
      : pastQuota
        ? "QUOTA_EXCEEDED"
        : pastCap
          ? "SPENDING_CAP"
          : null;
  return { reason, remaining: remainingOf(standing, work), estimate, held };
}

/** The standing once a hold is placed. */
export function withHold(standing: Standing, held: Held): Standing {
  const usage = usageWithHeld(standing.usage, held);
  return { ...standing, usage, held: addHeld(standing.held, held) };
}

/** Usage with held units counted as if they had been used. */
export function usageWithHeld(usage: PeriodUsage, held: Held): PeriodUsage {
  const after: PeriodUsage = new Map(usage);
  for (const meter of Object.keys(countedScale) as CountedMeter[]) {
    const state = after.get(meter);
    if (held[meter] !== 0n)
      after.set(meter, { used: (state?.used ?? 0n) + held[meter], billable: state?.billable ?? {} });
  }
  return after;
}

const isActive = ({ status }: CurrentSubscription): boolean => status !== "PAUSED" && status !== "CANCELED";

const isTrial = ({ subscription: { trialEndsAt }, now }: Standing): boolean =>
  trialEndsAt !== null && now.getTime() < trialEndsAt.getTime();

const grants = ({ entitlements }: PlanTerms, key: string): boolean =>
  entitlements.some((right) => right.key === key && right.enabled);

const heldOf = ({ meter, rated }: MeterPart): Held => ({
  ...nothingHeld,
  [meter]: rated.units,
  amount: (rated.amount * HELD_SCALE) / countedScale[meter],
});

/** The meter whose allowance a caller wants to hear of. */
const meterOf: Readonly<Record<Exclude<UsageAction, "STORAGE">, CountedMeter>> = {
  GENERATION: "generations",
  API_CALL: "api_calls",
  VALIDATION: "compute",
  EXPORT: "compute",
};

/** Work of unknown length may not start once a hard limit of minutes is used up. */
function usedUp(standing: Standing, { action, computeTimeMs }: Work): boolean {
  if ((action !== "VALIDATION" && action !== "EXPORT") || computeTimeMs !== null) return false;
  const left = standing.subscription.card.limit === "hard" ? countedLeft(standing, "compute") : null;
  return left !== null && left <= 0n;
}

/** Base units left of an allowance, below zero past it; null: unlimited. */
function countedLeft(standing: Standing, meter: CountedMeter): bigint | null {
  const { included } = standing.subscription.card.meters[meter];
  if (isTrial(standing) || included === null) return null;
  return included * countedScale[meter] - (standing.usage.get(meter)?.used ?? 0n);
}

function remainingOf(standing: Standing, { action }: Work): Exact | null {
  if (action === "STORAGE") {
    const { included } = standing.subscription.card.meters.storage;
    if (isTrial(standing) || included === null) return null;
    return atLeastZero(subtract(exact(included), exact(standing.storage.currentBytes, BYTES_PER_GB)));
  }
  const left = countedLeft(standing, meterOf[action]);
  return left === null ? null : atLeastZero(exact(left, countedScale[meterOf[action]]));
}

const BYTES_PER_GB = 1_000_000_000n;

/** Storage is a level: on a plan with hard limits it may not stand above what is included. */
function mayStore(standing: Standing, { action, storageBytes }: Work): boolean {
  const { card } = standing.subscription;
  const { included } = card.meters.storage;
  if (action !== "STORAGE" || isTrial(standing) || included === null || card.limit !== "hard") return true;
  return (storageBytes ?? 0n) <= included * BYTES_PER_GB || (storageBytes ?? 0n) <= standing.storage.currentBytes;
}

/** What the new level would add to the period's bill if it stood to the end. */
function storageEstimate(standing: Standing, storageBytes: bigint): Exact {
  const { subscription, storage, now } = standing;
  const period = { start: subscription.currentPeriodStart, end: subscription.currentPeriodEnd };
  const leftMs = BigInt(period.end.getTime() - now.getTime());
  const after = storage.byteMilliseconds + (storageBytes - storage.currentBytes) * leftMs;
  const amountOf = (byteMilliseconds: bigint): Exact =>
    exact(
      rateStorage(subscription.card, byteMilliseconds, period, isTrial(standing)).rated.amount,
      scaleOf("storage", lengthMs(period)),
    );
  return atLeastZero(subtract(amountOf(after), amountOf(storage.byteMilliseconds)));
}

const atLeastZero = (value: Exact): Exact => (value.numerator < 0n ? zero : value);
const isAbove = (a: Exact, b: Exact): boolean => subtract(a, b).numerator > 0n;
