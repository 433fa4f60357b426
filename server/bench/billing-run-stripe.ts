// The same month end as `billing-run` with Stripe's side done by the stand-in: a draft for each subscription, its usage added,
// compared, finalized, mirrored. `pnpm bench billing-run-stripe [--subscriptions 300]`
import { parseArgs } from "node:util";
import pg from "pg";
import { ask, makeCustomers } from "./world/customers.ts";
import { startBenchWithStripe, untilWorked } from "./world/stripe.ts";

const { values } = parseArgs({ options: { subscriptions: { type: "string", default: "300" } } });
const count = Number(values.subscriptions);
const DAY_MS = 86_400_000;

const { server, standIn } = await startBenchWithStripe();
const database = new pg.Pool({ connectionString: server.databaseUrl, max: 2 });
try {
  const madeAt = performance.now();
  const { organizationIds, serviceKey } = await makeCustomers(server, count);
  for (const organizationId of organizationIds)
    await ask(
      server.url,
      `mutation($input: RecordUsageInput!) { recordUsage(input: $input) { accepted } }`,
      { input: { organizationId, events: [{ idempotencyKey: "calls", action: "API_CALL", quantity: "100250" }] } },
      serviceKey,
    );
  await untilWorked(database);
  console.log(`${count} subscriptions made at the stand-in in ${seconds(madeAt)} s`);

  const { logIn } = await ask(
    server.url,
    `mutation($input: LogInInput!) { logIn(input: $input) { ... on Session { token } } }`,
    { input: { email: "bench-staff@example.com", password: "a bench of its own" } },
  );
  const startedAt = performance.now();
  await ask(
    server.url,
    `mutation($input: AdvanceSandboxClockInput!) { advanceSandboxClock(input: $input) { now } }`,
    { input: { to: new Date(Date.now() + 32 * DAY_MS).toISOString() } },
    String(logIn?.["token"]),
  );
  const took = Number(seconds(startedAt));
  const { rows } = await database.query<{ invoices: string; lines: string }>(
    `select count(distinct i.id) as invoices, count(l.id) filter (where l.kind = 'USAGE') as lines
     from invoices i left join invoice_lines l on l.invoice_id = i.id where i.reason = 'subscription_cycle' and i.status <> 'DRAFT' and i.held_at is null`,
  );
  if (Number(rows[0]?.invoices) !== count) throw new Error(`${rows[0]?.invoices ?? "?"} invoices of ${count}`);
  console.log(
    `${count} invoices with ${rows[0]?.lines ?? "?"} usage lines drafted, compared and finalized in ${took} s: ${Math.round(count / took)} subscriptions/s`,
  );
} finally {
  await database.end();
  await server.stop();
  await standIn.close();
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(2);
}
