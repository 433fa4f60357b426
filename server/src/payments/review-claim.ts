import { inPlatformTransaction, inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { clearAlarm, raiseAlarm } from "./alarms.ts";

/**
 * Looks how far a money-back claim has come: REFUNDED when Stripe has done all of it; FAILED, with an
 * alarm for staff, when it refused a part or a refund came back from the bank.
 */
export async function reviewClaim(platform: Platform, organizationId: string): Promise<void> {
  const now = platform.clock();
  const review = await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const [claim] = await sql<{ state: string; waiting: boolean; faults: string[] | null }>(
      `select m.state,
         exists (select from stripe_outbox o where o.organization_id = m.organization_id and o.kind = 'credit_note.create'
           and o.key like 'money-back:%' and o.state = 'PENDING') as waiting,
         (select array_agg(fault) from (
            select o.last_error as fault from stripe_outbox o where o.organization_id = m.organization_id
              and o.kind = 'credit_note.create' and o.key like 'money-back:%' and o.state = 'REFUSED'
            union all
            select 'the refund ' || r.stripe_id || ' failed: ' || coalesce(r.failure_reason, 'no reason given') from refunds r
              where r.organization_id = m.organization_id and r.status = 'failed' and r.created_at >= m.claimed_at - interval '1 minute') f) as faults
       from money_back_claims m where m.organization_id = $1`,
      [organizationId],
    );
    if (!claim) return null;
    const faults = claim.faults ?? [];
    const state = faults.length > 0 ? "FAILED" : claim.waiting ? "CLAIMED" : "REFUNDED";
    if (state === claim.state) return null;
    await sql(
      "update money_back_claims set state = $2, settled_at = case when $2 = 'CLAIMED' then null else $3::timestamptz end where organization_id = $1",
      [organizationId, state, now],
    );
    return { state, faults };
  });
  if (review === null) return;
  const key = `money-back:${organizationId}`;
  await inPlatformTransaction(platform.pool, async (sql) => {
    if (review.state !== "FAILED") return clearAlarm(sql, now, key);
    const message = `A money-back claim is not carried out in full: ${review.faults.join("; ")}.`;
    await raiseAlarm(sql, now, { key, kind: "money-back", organizationId, message, detail: { faults: review.faults } });
  });
}
