import type { Pool } from "pg";
import { startStandIn, type StandIn } from "stripe-local";
import { type BenchServer, startBenchServer } from "./server.ts";

export const WEBHOOK_SECRET = "whsec_bench";

/** The built product, its worker included, with the stand-in for Stripe in this process. */
export async function startBenchWithStripe(): Promise<{ readonly server: BenchServer; readonly standIn: StandIn }> {
  const started: StandIn[] = [];
  const server = await startBenchServer(async (url) => {
    const standIn = await startStandIn({
      file: ":memory:",
      webhook: { url: `${url}/webhooks/stripe`, secret: WEBHOOK_SECRET },
    });
    started.push(standIn);
    return { ROLE: "all", STRIPE_LOCAL_PORT: String(standIn.port), STRIPE_WEBHOOK_SECRETS: WEBHOOK_SECRET };
  });
  const [standIn] = started;
  if (!standIn) throw new Error("the stand-in did not start");
  return { server, standIn };
}

/** Waits until inbox, outbox and queue are empty. @returns milliseconds */
export async function untilWorked(database: Pool): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const { rows } = await database.query<{ left: string }>(
      `select (select count(*) from stripe_inbox where state = 'RECEIVED') + (select count(*) from stripe_outbox where state = 'PENDING')
         + (select count(*) from graphile_worker.jobs where run_at <= now()) as left`,
    );
    if (rows[0]?.left === "0") return performance.now() - startedAt;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
