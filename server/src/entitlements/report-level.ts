import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { badInput, notFound } from "../platform/graphql/errors.ts";
import type { Scope } from "../platform/scope.ts";

const KEY = /^[a-z][a-z0-9_]{0,63}$/;
const MOST = 1_000_000_000_000n;

/**
 * Notes how much of a limited right is in use from now on, such as active projects. It is a level:
 * the last report stands. A level past the limit is noted all the same; deciding is not recording.
 *
 * @throws EdgeFault BAD_USER_INPUT, NOT_FOUND — nothing is changed
 */
export async function reportLevel(scope: Scope, organizationId: string, key: string, level: bigint): Promise<void> {
  if (!KEY.test(key)) throw badInput("key must be the key of an entitlement, such as active_projects.");
  if (level < 0n || level > MOST) throw badInput(`level must be from 0 to ${MOST}.`);
  await inTenantTransaction(scope.platform.pool, organizationId, async (sql) => {
    const known = await sql("select from subscriptions where organization_id = $1", [organizationId]);
    if (known.length === 0) throw notFound("The organization");
    await sql(
      `insert into entitlement_levels (organization_id, key, level, reported_at) values ($1, $2, $3, $4)
       on conflict (organization_id, key) do update set level = excluded.level, reported_at = excluded.reported_at`,
      [organizationId, key, level, scope.clock()],
    );
  });
}
