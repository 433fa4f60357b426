import { HOUR_MS, SECOND_MS } from "../kernel/clock.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import type { Route } from "../platform/feature.ts";
import type { Platform } from "../platform/scope.ts";
import type { UsageAction } from "../usage/usage-event.ts";
import type { RefusalReason } from "./decide-usage.ts";
import { countForMetrics } from "./decision-metrics.ts";

/** ALLOWED, or why not. */
export type DecisionOutcome = "ALLOWED" | RefusalReason;

type Counted = {
  readonly organizationId: string;
  readonly hour: string;
  readonly outcome: DecisionOutcome;
  count: number;
};

/** What was counted since the last write. One entry for each organization, hour and outcome, however many asked. */
const waiting = new WeakMap<Platform, Map<string, Counted>>();

const waitingOf = (platform: Platform): Map<string, Counted> => {
  const known = waiting.get(platform);
  if (known) return known;
  const fresh = new Map<string, Counted>();
  waiting.set(platform, fresh);
  return fresh;
};

/** Counts one answer, in memory: nobody waits for it. */
export function countDecision(
  platform: Platform,
  organizationId: string,
  action: UsageAction,
  reason: RefusalReason | null,
): void {
  countForMetrics(action, reason);
  const hour = new Date(Math.floor(platform.clock().getTime() / HOUR_MS) * HOUR_MS).toISOString();
  add(waitingOf(platform), { organizationId, hour, outcome: reason ?? "ALLOWED", count: 1 });
}

function add(counts: Map<string, Counted>, { organizationId, hour, outcome, count }: Counted): void {
  const key = `${organizationId} ${hour} ${outcome}`;
  const known = counts.get(key);
  if (known) known.count += count;
  else counts.set(key, { organizationId, hour, outcome, count });
}

/**
 * Adds what was counted to the table, in one statement. When the write fails it is counted again with the
 * next one; a write whose answer was lost on the way may then count twice.
 */
export async function writeDecisionCounts(platform: Platform): Promise<void> {
  const counts = waitingOf(platform);
  if (counts.size === 0) return;
  // Servers that write at once lock the rows in the same order.
  const taken = [...counts.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, counted]) => counted);
  counts.clear();
  try {
    await inPlatformTransaction(platform.pool, (sql) => sql(ADD, [JSON.stringify(taken)]));
  } catch (error) {
    for (const counted of taken) add(counts, counted);
    throw error;
  }
}

const ADD = `
  insert into decision_counts (organization_id, hour, outcome, count)
  select "organizationId", hour, outcome, count
  from json_to_recordset($1::json) as c ("organizationId" uuid, hour timestamptz, outcome text, count int8)
  on conflict (organization_id, hour, outcome) do update set count = decision_counts.count + excluded.count`;

const EVERY_MS = 5 * SECOND_MS;

/** Writes the counts of a server every five seconds, and those that are left when it stops. */
export const keepDecisionCounts: Route = (server, platform) => {
  let last: Promise<void> = Promise.resolve();
  const write = () => {
    // The next turn brings what this one could not.
    last = last.then(() => writeDecisionCounts(platform)).catch(() => undefined);
    return last;
  };
  const timer = setInterval(() => void write(), EVERY_MS);
  timer.unref();
  server.addHook("onClose", async () => {
    clearInterval(timer);
    await write();
  });
};
