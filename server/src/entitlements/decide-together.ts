import type { PlanTerms } from "../catalog/plan-terms.ts";
import type { Exact } from "../kernel/exact.ts";
import { inGroupTransaction } from "../platform/database/tenant-transaction.ts";
import { alone } from "../platform/gathering.ts";
import { newId } from "../platform/id.ts";
import type { Platform } from "../platform/scope.ts";
import { lockFreeSubscriptions, lockSubscriptions } from "../subscriptions/lock-subscription.ts";
import { isBehind, readSubscriptionRows } from "../subscriptions/read-subscriptions.ts";
import { type CurrentSubscription, subscriptionsOf } from "../subscriptions/current-subscription.ts";
import type { Sql } from "../platform/database/sql.ts";
import { decideUsage, type RefusalReason, type Standing, withHold, type Work } from "./decide-usage.ts";
import type { Hold } from "./find-hold.ts";
import { type NewHold, placeHolds } from "./place-holds.ts";
import { readStandingsBehind } from "./read-standings.ts";

/** One caller's question. */
export type Ask = {
  readonly organizationId: string;
  readonly work: Work;
  /** How long to hold the units for; null: only tell. */
  readonly holdMs: number | null;
  readonly keyPrefix: string | null;
};

/** What was decided, before limits on the rate have their say. */
export type Decided = {
  readonly reason: RefusalReason | null;
  readonly remaining: Exact | null;
  readonly estimate: Exact;
  readonly resetAt: Date;
  /** Limits on the rate that hold, by meter. */
  readonly ratePerMinute: PlanTerms["ratePerMinute"];
  readonly hold: Hold | null;
};

/** No such organization. */
export const unknownOrganization = Symbol("unknown organization");

export type DecidedAnswer = Decided | typeof unknownOrganization;

const ownersOf = (asks: readonly Ask[]): string[] =>
  [...new Set(asks.map(({ organizationId }) => organizationId))].toSorted();

const storageOwners = (asks: readonly Ask[]): Set<string> =>
  new Set(asks.flatMap(({ work, organizationId }) => (work.action === "STORAGE" ? [organizationId] : [])));

/**
 * Decides a round of asks under the organizations' locks and places the holds of those that are
 * granted: one transaction, two flights, however many ask. A part of what is asked is handed out in
 * the order the asks came.
 */
export async function decideAndHold(
  platform: Platform,
  asks: readonly Ask[],
  inLane: boolean,
): Promise<(DecidedAnswer | typeof alone)[]> {
  const owners = ownersOf(asks);
  const now = platform.clock();
  return inGroupTransaction(platform.pool, owners, async (sql, last) => {
    const lock = inLane ? lockFreeSubscriptions : lockSubscriptions;
    const standings = await readStandingsBehind(sql, lock(sql, owners, now), owners, now, storageOwners(asks));
    const holds: NewHold[] = [];
    const missing = inLane ? alone : unknownOrganization;
    const answers = asks.map((ask) => decide(standings, ask, now, holds) ?? missing);
    last(placeHolds(sql, holds));
    return answers;
  });
}

/**
 * Decides a round of asks that hold nothing: read in one flight, nothing locked or written. An
 * organization whose period is over is first brought up to date in a round of its own.
 */
export async function decideOnly(
  platform: Platform,
  asks: readonly Ask[],
  inLane: boolean,
): Promise<(DecidedAnswer | typeof alone)[]> {
  const owners = ownersOf(asks);
  const now = platform.clock();
  return inGroupTransaction(platform.pool, owners, async (sql) => {
    const current = readCurrent(sql, owners, now, inLane);
    const standings = await readStandingsBehind(sql, current, owners, now, storageOwners(asks));
    const missing = inLane ? alone : unknownOrganization;
    return asks.map((ask) => decide(standings, ask, now, null) ?? missing);
  });
}

/** @param inLane leaves out those whose period is over: to bring them up to date takes their lock */
async function readCurrent(
  sql: Sql,
  owners: readonly string[],
  now: Date,
  inLane: boolean,
): Promise<CurrentSubscription[]> {
  const rows = await readSubscriptionRows(sql, owners);
  const upToDate = rows.filter((row) => !isBehind(row, now));
  if (upToDate.length < rows.length && !inLane) return lockSubscriptions(sql, owners, now);
  return subscriptionsOf(sql, upToDate);
}

/** @param holds takes the hold of an ask that is granted; null: nothing is held */
function decide(standings: Map<string, Standing>, ask: Ask, now: Date, holds: NewHold[] | null): Decided | null {
  const { organizationId, work, holdMs } = ask;
  const standing = standings.get(organizationId);
  if (!standing) return null;
  const verdict = decideUsage(standing, work);
  const base = { resetAt: standing.subscription.currentPeriodEnd, ratePerMinute: standing.terms.ratePerMinute };
  if (holds === null || holdMs === null || verdict.reason !== null) {
    const { reason, remaining, estimate } = verdict;
    return { ...base, reason, remaining, estimate, hold: null };
  }
  const hold: NewHold = {
    organizationId,
    id: newId(),
    work,
    held: verdict.held,
    placedAt: now,
    expiresAt: new Date(now.getTime() + holdMs),
    keyPrefix: ask.keyPrefix,
  };
  holds.push(hold);
  const after = withHold(standing, verdict.held);
  standings.set(organizationId, after);
  return {
    ...base,
    reason: null,
    remaining: decideUsage(after, work).remaining,
    estimate: verdict.estimate,
    hold: placed(hold),
  };
}

const placed = ({ work: { action, complexity, model }, ...hold }: NewHold): Hold => ({
  ...hold,
  action,
  complexity,
  model,
  state: "PLACED",
  endedAt: null,
  eventId: null,
});
