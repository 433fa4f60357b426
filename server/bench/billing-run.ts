// Closes and charges the ended periods of many subscriptions, Stripe's side left out.
// `pnpm bench billing-run [--subscriptions 10000]`
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { startThrowAwayPostgres } from "../launch/postgres/throw-away.ts";
import { createPlatform } from "../src/app/create-platform.ts";
import { migrateDatabase } from "../src/app/migrate-database.ts";
import { carryOnBillingRun, readBillingRuns } from "../src/invoices/billing-run.ts";
import { startBillingRun } from "../src/invoices/start-billing-run.ts";
import { readConfig } from "../src/platform/config.ts";
import { inPlatformTransaction } from "../src/platform/database/tenant-transaction.ts";
import { platformScope } from "../src/platform/scope.ts";
import { makeSubscriptionsToBill, REPORT, START } from "./world/subscriptions-to-bill.ts";

const { values } = parseArgs({ options: { subscriptions: { type: "string", default: "10000" } } });
const count = Number(values.subscriptions);

const postgres = await startThrowAwayPostgres({ isDurable: true });
try {
  const DATABASE_URL = postgres.urlOf("postgres");
  await migrateDatabase(DATABASE_URL);
  let now = REPORT;
  const { platform, close } = await createPlatform(
    readConfig({ DATABASE_URL, JWT_KEYS: `bench:${randomBytes(32).toString("hex")}` }),
    () => now,
  );
  try {
    const madeAt = performance.now();
    const events = await makeSubscriptionsToBill(platform, count);
    console.log(`${count} subscriptions with ${events} events made in ${seconds(madeAt)} s`);

    now = new Date("2026-04-01T00:00:01Z");
    const scope = platformScope(platform, "bench");
    const { id } = await startBillingRun(scope, null);
    const startedAt = performance.now();
    await carryOnBillingRun(platform, id);
    const took = Number(seconds(startedAt));
    const [done] = await inPlatformTransaction(platform.pool, (sql) => readBillingRuns(sql, 1, null));
    if (done?.state !== "DONE" || done.done !== count) throw new Error(JSON.stringify(done));
    console.log(
      `${count} periods from ${START.toISOString()} closed, ${done.charges} charges made in ${took} s: ${Math.round(count / took)} subscriptions/s`,
    );

    const again = await startBillingRun(scope, null);
    const againAt = performance.now();
    await carryOnBillingRun(platform, again.id);
    console.log(`once more, with nothing left to do: ${seconds(againAt)} s`);
  } finally {
    await close();
  }
} finally {
  await postgres.stop();
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(2);
}
