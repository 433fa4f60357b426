import { recordAudit } from "../audit/record-audit.ts";
import type { Exact } from "../kernel/exact.ts";
import { majorFromMinor, minorFromMajor } from "../kernel/money.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { badInput, notFound } from "../platform/graphql/errors.ts";
import type { Sql } from "../platform/database/sql.ts";
import { type Scope, tenantOf } from "../platform/scope.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { readStandings } from "./read-standings.ts";
import { heldNanos } from "./held-usage.ts";

/** What usage costs in the current period against what its owner allows it to. Amounts in nano-units. */
export type Spending = {
  readonly organizationId: string;
  readonly capMinor: bigint | null;
  /** Rated usage of the period, storage as estimated. */
  readonly spent: Exact;
  /** The estimated price of work that is under way. */
  readonly held: Exact;
  readonly periodEnd: Date;
};

const MOST_MINOR = 100_000_000_000n;

/** How an organization's spending stands. */
export async function readSpending(sql: Sql, subscription: CurrentSubscription, now: Date): Promise<Spending> {
  const { organizationId } = subscription;
  const standing = (await readStandings(sql, [subscription], now, new Set([organizationId]))).get(organizationId);
  if (!standing) throw new Error("a subscription has a standing");
  return {
    organizationId,
    capMinor: standing.capMinor,
    spent: standing.spent,
    held: heldNanos(standing.held),
    periodEnd: subscription.currentPeriodEnd,
  };
}

/**
 * Sets the most that usage may cost in a billing period, from now on and in each period to come;
 * null takes the cap away. The plan's fee does not count against it. A cap below what is spent
 * already stops new work that would cost something at once; what is recorded stays billed.
 *
 * @param cap decimal dollars, whole cents
 * @throws EdgeFault BAD_USER_INPUT — nothing is changed
 */
export async function setSpendingCap(scope: Scope, cap: string | null): Promise<Spending> {
  const capMinor = cap === null ? null : minorFromMajor(cap);
  if (cap !== null && (capMinor === null || capMinor < 0n || capMinor > MOST_MINOR))
    throw badInput(`cap must be whole cents from 0 to ${majorFromMinor(MOST_MINOR)} dollars; ${cap} is not.`);
  const organizationId = tenantOf(scope);
  const now = scope.clock();
  return inTenantTransaction(scope.platform.pool, organizationId, async (sql) => {
    const subscription = await lockSubscription(sql, organizationId, now);
    if (!subscription) throw notFound("The organization");
    const before = await readSpending(sql, subscription, now);
    if (capMinor === null) await sql("delete from spending_caps where organization_id = $1", [organizationId]);
    else
      await sql(
        `insert into spending_caps (organization_id, cap_minor, set_at) values ($1, $2, $3)
         on conflict (organization_id) do update set cap_minor = excluded.cap_minor, set_at = excluded.set_at`,
        [organizationId, capMinor, now],
      );
    await recordAudit(sql, scope, {
      action: capMinor === null ? "spendingCap.removed" : "spendingCap.set",
      detail: { before: before.capMinor?.toString() ?? null, after: capMinor?.toString() ?? null },
    });
    return { ...before, capMinor };
  });
}
