import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { EdgeFault } from "../platform/graphql/errors.ts";
import { newId } from "../platform/id.ts";
import type { Platform } from "../platform/scope.ts";
import { makeCalls } from "./make-calls.ts";
import { stripeUnknown } from "./carry-out.ts";
import { liveSubscriptions } from "./stripe-subscription.ts";
import { syncNow } from "./sync-now.ts";

/** Longer than a change takes. It counts real time: whoever died in it is waited for no longer. */
const TURN_MS = 60_000;

/**
 * Runs `work` while nobody else changes the organization's plan: of two at once one acts, and the
 * other is told so. Calls that an earlier change left behind are made first, so that the work
 * stands on what Stripe knows.
 *
 * @param doing what is done, in a word for the other one
 * @throws EdgeFault CONFLICT while somebody else does something; UPSTREAM_UNAVAILABLE while an
 *   earlier change cannot be finished
 */
export async function inTurn<T>(
  platform: Platform,
  organizationId: string,
  doing: string,
  work: () => Promise<T>,
): Promise<T> {
  const holder = newId();
  await take(platform, organizationId, holder, doing);
  try {
    await finishEarlier(platform, organizationId);
    return await work();
  } finally {
    await inTenantTransaction(platform.pool, organizationId, (sql) =>
      sql("delete from plan_change_turns where organization_id = $1 and holder = $2", [organizationId, holder]),
    );
  }
}

async function take(platform: Platform, organizationId: string, holder: string, doing: string): Promise<void> {
  await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const taken = await sql(
      `insert into plan_change_turns as t (organization_id, holder, doing, until)
       values ($1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond')
       on conflict (organization_id) do update set holder = excluded.holder, doing = excluded.doing, until = excluded.until
       where t.until < clock_timestamp() returning holder`,
      [organizationId, holder, doing, TURN_MS],
    );
    if (taken.length > 0) return;
    const [other] = await sql<{ doing: string }>("select doing from plan_change_turns where organization_id = $1", [
      organizationId,
    ]);
    throw new EdgeFault(
      "CONFLICT",
      `The subscription is being changed right now (${other?.doing ?? "done just now"}). Look again in a moment.`,
    );
  });
}

async function finishEarlier(platform: Platform, organizationId: string): Promise<void> {
  const waiting = () =>
    inTenantTransaction(platform.pool, organizationId, (sql) =>
      sql("select id from stripe_outbox where organization_id = $1 and state = 'PENDING' limit 1", [organizationId]),
    );
  if ((await waiting()).length === 0) return;
  await makeCalls(platform, organizationId, true);
  if ((await waiting()).length > 0) throw stripeUnknown("An earlier change is not finished yet");
  const live = await inTenantTransaction(platform.pool, organizationId, (sql) =>
    liveSubscriptions(sql, organizationId),
  );
  await syncNow(
    platform,
    organizationId,
    live.map(({ stripeId }) => ({ kind: "subscription", id: stripeId })),
  );
}
