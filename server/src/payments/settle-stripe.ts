import { setTimeout as wait } from "node:timers/promises";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { EdgeFault } from "../platform/graphql/errors.ts";
import type { Platform } from "../platform/scope.ts";
import { makeCalls, organizationsWithCalls } from "./make-calls.ts";
import type { StandIn } from "./stand-in.ts";
import { workInbox } from "./work-inbox.ts";

/** Longer than this nothing takes that goes well. */
const PATIENCE_MS = 60_000;
const POLL_MS = 15;

/**
 * Works until there is nothing left to do at this moment of the sandbox's time: no webhook on its
 * way, no event in the inbox, no call in the outbox, no job that is due. What has to be tried again
 * later is not waited for.
 *
 * @throws EdgeFault UPSTREAM_UNAVAILABLE when it does not come to rest
 */
export async function settleStripe(platform: Platform, standIn: StandIn): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let quiet = 0; quiet < 2;) {
    if (Date.now() > deadline)
      throw new EdgeFault("UPSTREAM_UNAVAILABLE", "Stripe's news are still being worked. Is a worker running?");
    const worked = (await workInbox(platform)) + (await makeDueCalls(platform));
    const waiting = worked + (await standIn.webhooksPending()) + (await busy(platform));
    // Twice in a row, since a webhook may leave between one look and the other.
    quiet = waiting === 0 ? quiet + 1 : 0;
    if (waiting > 0) await wait(POLL_MS);
  }
}

async function makeDueCalls(platform: Platform): Promise<number> {
  let made = 0;
  for (const organizationId of await organizationsWithCalls(platform))
    made += await makeCalls(platform, organizationId);
  return made;
}

/** Events, calls and jobs that are due, and what is being worked by others. */
async function busy(platform: Platform): Promise<number> {
  const [row] = await inPlatformTransaction(platform.pool, (sql) =>
    sql<{ busy: string }>(
      `select (select count(*) from stripe_inbox where state = 'RECEIVED' and next_try_at <= clock_timestamp())
         + (select count(*) from stripe_outbox where state = 'PENDING' and next_try_at <= clock_timestamp())
         + (select count(*) from stripe_leases where until > clock_timestamp() and (starts_with(name, 'lane:') or starts_with(name, 'calls:')))
         + qlp_jobs_due() as busy`,
    ),
  );
  return Number(row?.busy ?? 0);
}
