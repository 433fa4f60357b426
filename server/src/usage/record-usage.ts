import { alone, Gathering } from "../platform/gathering.ts";
import { inGroupTransaction, inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { notFound } from "../platform/graphql/errors.ts";
import type { Platform, Scope } from "../platform/scope.ts";
import { lockFreeSubscriptions, lockSubscriptions } from "../subscriptions/lock-subscription.ts";
import type { Outcome } from "./event-batch.ts";
import { recordReports, recordWithin, type Report } from "./record-within.ts";
import type { ReportedEvent } from "./usage-event.ts";

/** Calls of up to so many events share a transaction with others; a larger one is worth its own. */
const SMALL = 20;
/** Rounds at once. Two would be smaller ones, with twice as many commits. */
const LANES = 1;
/** Calls of one round at most, so that a round stays short. */
const MOST = 256;

type Recorded = readonly Outcome[] | typeof noOrganization;
const noOrganization = Symbol("no such organization");

/**
 * Records facts of one organization: up to 1,000 events, each with an outcome of its own, in the
 * order of the input. When it answers, what was accepted is durable.
 *
 * Small calls that come at once share a transaction, also over many organizations, since most of
 * what one costs is the wait until it is durable. Whether a limit is reached never refuses a fact;
 * only its content, its time, or a subscription that takes no usage can.
 *
 * @throws EdgeFault NOT_FOUND when there is no such organization
 */
export async function recordUsage(
  { platform, clock, viewer }: Scope,
  organizationId: string,
  events: readonly ReportedEvent[],
): Promise<readonly Outcome[]> {
  const keyPrefix = viewer?.keyPrefix ?? null;
  // A round has one clock, so whoever has one of their own goes by themselves.
  if (events.length > SMALL || clock !== platform.clock)
    return inTenantTransaction(platform.pool, organizationId, (sql, last) =>
      recordWithin(sql, organizationId, events, clock(), keyPrefix, last),
    );
  const outcomes = await gatheringOf(platform).ask({ organizationId, events, keyPrefix });
  if (outcomes === noOrganization) throw notFound("The organization");
  return outcomes;
}

const made = new WeakMap<Platform, Gathering<Report, Recorded>>();

function gatheringOf(platform: Platform): Gathering<Report, Recorded> {
  const known = made.get(platform);
  if (known) return known;
  const fresh = new Gathering<Report, Recorded>({
    answer: (reports, inLane) => recordTogether(platform, reports, inLane),
    ownerOf: ({ organizationId }) => organizationId,
    lanes: LANES,
    most: MOST,
  });
  made.set(platform, fresh);
  return fresh;
}

/** Records a round of calls. Who is locked just now is left for a round of their own. */
async function recordTogether(
  { pool, clock }: Platform,
  reports: readonly Report[],
  inLane: boolean,
): Promise<(Recorded | typeof alone)[]> {
  const owners = [...new Set(reports.map(({ organizationId }) => organizationId))];
  const lock = inLane ? lockFreeSubscriptions : lockSubscriptions;
  const outcomes = await inGroupTransaction(pool, owners, (sql, last) =>
    recordReports(sql, reports, clock(), lock, last),
  );
  const missing = inLane ? alone : noOrganization;
  return outcomes.map((own) => own ?? missing);
}
