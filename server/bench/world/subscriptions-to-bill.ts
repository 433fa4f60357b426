import { currentPlan } from "../../src/catalog/read-catalog.ts";
import { newId } from "../../src/platform/id.ts";
import { inPlatformTransaction } from "../../src/platform/database/tenant-transaction.ts";
import { inTenant, type Platform, platformScope } from "../../src/platform/scope.ts";
import { lockSubscription } from "../../src/subscriptions/lock-subscription.ts";
import { openSubscription } from "../../src/subscriptions/open-subscription.ts";
import { firstPeriod } from "../../src/subscriptions/subscription.ts";
import { switchPlan } from "../../src/subscriptions/switch-plan.ts";
import { recordUsage } from "../../src/usage/record-usage.ts";
import type { ReportedEvent } from "../../src/usage/usage-event.ts";

/** Customers that are made side by side. */
const AT_ONCE = 6;

/** When all of them begin, and when they report what they used. */
export const START = new Date("2026-03-01T00:00:00Z");
export const REPORT = new Date("2026-03-10T00:00:00Z");

/**
 * Makes Starter subscriptions that all begin on 1 March and go past their allowances of calls,
 * storage and compute; each tenth of generations too.
 *
 * @returns how many events they have
 */
export async function makeSubscriptionsToBill(platform: Platform, count: number): Promise<number> {
  let next = 0;
  let events = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const made = await makeOne(platform, index);
      events += made;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return events;
}

async function makeOne(platform: Platform, index: number): Promise<number> {
  const organizationId = newId();
  await inPlatformTransaction(platform.pool, async (sql) => {
    await sql("insert into organizations (id, name, created_at) values ($1, $2, $3)", [
      organizationId,
      `Customer ${index}`,
      START,
    ]);
    await openSubscription(sql, organizationId, START);
    const subscription = await lockSubscription(sql, organizationId, START);
    if (!subscription) throw new Error("no subscription");
    await switchPlan(sql, subscription, await currentPlan(sql, "starter"), firstPeriod(START), { status: "ACTIVE" });
  });
  const reported = usageOf(index);
  const outcomes = await recordUsage(
    inTenant(platformScope(platform, "bench"), organizationId),
    organizationId,
    reported,
  );
  const accepted = outcomes.filter(({ status }) => status === "ACCEPTED").length;
  if (accepted !== reported.length) throw new Error(`accepted ${accepted} of ${reported.length}`);
  return accepted;
}

function usageOf(index: number): ReportedEvent[] {
  const generations = Array.from({ length: index % 10 === 0 ? 110 : 4 }, (_, number): ReportedEvent => ({
    idempotencyKey: `generation-${number}`,
    action: "GENERATION",
    complexity: (["T0", "T1", "T2", "T3"] as const)[number % 4] ?? "T0",
    model: number % 3 === 0 ? "gpt-4" : "qlp-base",
    occurredAt: START,
  }));
  return [
    ...generations,
    { idempotencyKey: "calls", action: "API_CALL", quantity: String(10_001 + index), occurredAt: START },
    { idempotencyKey: "task", action: "EXPORT", computeTimeMs: 7_000_000 + index, occurredAt: START },
    { idempotencyKey: "level-1", action: "STORAGE", storageBytes: 15_000_000_000n, occurredAt: START },
    {
      idempotencyKey: "level-2",
      action: "STORAGE",
      storageBytes: 20_000_000_000n,
      occurredAt: new Date("2026-03-05T07:00:00Z"),
    },
  ];
}
