import type { PlanTerms } from "../catalog/plan-terms.ts";
import { parseDecimal } from "../kernel/exact.ts";
import { arrayOf, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inGroupTransaction } from "../platform/database/tenant-transaction.ts";
import { isUuid } from "../platform/id.ts";
import type { Platform } from "../platform/scope.ts";
import { type CurrentSubscription, subscriptionsOf } from "../subscriptions/current-subscription.ts";
import { lockSubscriptions } from "../subscriptions/lock-subscription.ts";
import { isBehind, readSubscriptionRows } from "../subscriptions/read-subscriptions.ts";
import { termsInForce } from "./terms-in-force.ts";

/** A right of one organization, and how much of it is in use. */
export type EntitlementUse = {
  readonly organizationId: string;
  readonly key: string;
  readonly enabled: boolean;
  /** Null: unlimited, or not a matter of numbers. */
  readonly limit: string | null;
  /** The word a choice stands at, e.g. basic or all. */
  readonly value: string | null;
  /** As QLP's services reported it last; null: never reported. */
  readonly used: bigint | null;
  /** Null where there is no limit. */
  readonly remaining: bigint | null;
};

/** The right `key` under `terms`; one that the plan does not name is off. */
function useOf(organizationId: string, key: string, terms: PlanTerms, used: bigint | null): EntitlementUse {
  const right = terms.entitlements.find((one) => one.key === key);
  if (!right) return { organizationId, key, enabled: false, limit: null, value: null, used, remaining: null };
  const { enabled, limit, value } = right;
  const most = limit === null ? null : parseDecimal(limit);
  // Levels are whole: of a limit of 2.5 two fit.
  const left = most === null ? null : most.numerator / most.denominator - (used ?? 0n);
  return { organizationId, key, enabled, limit, value, used, remaining: left !== null && left < 0n ? 0n : left };
}

type LevelRow = { readonly organization_id: string; readonly key: string; readonly level: unknown };

/** Reported levels by organization and key. */
async function levels(sql: Sql, organizationIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await sql<LevelRow>(
    "select organization_id, key, level from entitlement_levels where organization_id = any($1::uuid[])",
    [arrayOf(organizationIds)],
  );
  return new Map(rows.map((row) => [`${row.organization_id} ${row.key}`, whole(row.level)]));
}

/** All rights of organizations under the plans in force, those of each in the plan's order. */
export async function readEntitlements(
  sql: Sql,
  subscriptions: readonly CurrentSubscription[],
  now: Date,
): Promise<Map<string, EntitlementUse[]>> {
  const ids = subscriptions.map(({ organizationId }) => organizationId);
  const [used, terms] = [await levels(sql, ids), await termsInForce(sql, subscriptions, now)];
  return new Map(
    [...terms].map(([id, own]) => [
      id,
      own.entitlements.map(({ key }) => useOf(id, key, own, used.get(`${id} ${key}`) ?? null)),
    ]),
  );
}

/** One right of one organization that somebody asks for. */
export type EntitlementQuestion = { readonly organizationId: string; readonly key: string };

/**
 * Answers questions about rights of many organizations in one flight, in their order.
 *
 * @returns null for an organization that does not exist
 */
export async function checkEntitlements(
  platform: Platform,
  questions: readonly EntitlementQuestion[],
): Promise<(EntitlementUse | null)[]> {
  const ids = [...new Set(questions.map(({ organizationId }) => organizationId).filter(isUuid))].toSorted();
  if (ids.length === 0) return questions.map(() => null);
  const now = platform.clock();
  return inGroupTransaction(platform.pool, ids, async (sql) => {
    const [rows, used] = await Promise.all([readSubscriptionRows(sql, ids), levels(sql, ids)]);
    const behind = rows.filter((row) => isBehind(row, now)).map((row) => row.organization_id);
    const subscriptions =
      behind.length === 0
        ? await subscriptionsOf(sql, rows)
        : await lockSubscriptions(
            sql,
            rows.map((row) => row.organization_id),
            now,
          );
    const terms = await termsInForce(sql, subscriptions, now);
    return questions.map(({ organizationId, key }) => {
      const own = terms.get(organizationId);
      return own ? useOf(organizationId, key, own, used.get(`${organizationId} ${key}`) ?? null) : null;
    });
  });
}
