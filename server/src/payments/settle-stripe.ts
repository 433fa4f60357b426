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
 * later is not waited for; such a call is tried once, since the sandbox's time may move by months next.
 *
 * @throws EdgeFault UPSTREAM_UNAVAILABLE when it does not come to rest; it says what is left
 */
export async function settleStripe(platform: Platform, standIn: StandIn): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  await makeAllCalls(platform, true);
  for (let quiet = 0; quiet < 2;) {
    const worked = (await workInbox(platform)) + (await makeAllCalls(platform));
    const left = {
      webhooks: await standIn.webhooksPending(),
      calls: (await organizationsWithCalls(platform)).length,
      ...(await stillDue(platform)),
    };
    const isQuiet = worked === 0 && Object.values(left).every((count) => count === 0);
    // Twice in a row, since a webhook may leave between one look and the other.
    quiet = isQuiet ? quiet + 1 : 0;
    if (isQuiet) continue;
    if (Date.now() > deadline) throw new EdgeFault("UPSTREAM_UNAVAILABLE", restless(left));
    await wait(POLL_MS);
  }
}

async function makeAllCalls(platform: Platform, eager = false): Promise<number> {
  let made = 0;
  for (const organizationId of await organizationsWithCalls(platform, eager))
    made += await makeCalls(platform, organizationId, eager);
  return made;
}

/** Events and jobs that are due, and what others have in their hands. */
type Left = { readonly events: number; readonly leases: number; readonly jobs: number };

async function stillDue(platform: Platform): Promise<Left> {
  const [row] = await inPlatformTransaction(platform.pool, (sql) =>
    sql<Left>(
      `select (select count(*)::int from stripe_inbox where state = 'RECEIVED' and next_try_at <= clock_timestamp()) as events,
         (select count(*)::int from stripe_leases where until > clock_timestamp() and (starts_with(name, 'lane:') or starts_with(name, 'calls:'))) as leases,
         qlp_jobs_due()::int as jobs`,
    ),
  );
  if (!row) throw new Error("counts without a row");
  return row;
}

function restless(left: Readonly<Record<string, number>>): string {
  const parts = Object.entries(left).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
  return `Stripe's news are still being worked (${parts.join(", ") || "more comes in"}). Is a worker running?`;
}
