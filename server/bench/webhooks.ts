// A burst of Stripe's events at the webhook, beside a bare receiver that stores each with a commit of its own in the same
// PostgreSQL, in turns. `pnpm bench webhooks [--events 10000] [--rounds 3] [--flight 200]`
import { createHmac } from "node:crypto";
import { createServer, request, Agent } from "node:http";
import { once } from "node:events";
import { parseArgs } from "node:util";
import pg from "pg";
import Stripe from "stripe";
import { makeCustomers } from "./world/customers.ts";
import { startBenchWithStripe, untilWorked, WEBHOOK_SECRET } from "./world/stripe.ts";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "10000" },
    rounds: { type: "string", default: "3" },
    flight: { type: "string", default: "200" },
  },
});
const burst = Number(values.events);
const flight = Number(values.flight);
const CUSTOMERS = 50;

type Turn = { perSecond: number; p50: number; p99: number; slowest: number };

const { server, standIn } = await startBenchWithStripe();
const database = new pg.Pool({ connectionString: server.databaseUrl, max: 20 });
const bare = await startBareReceiver();
const agent = new Agent({ keepAlive: true, maxSockets: flight });
try {
  await makeCustomers(server, CUSTOMERS);
  await untilWorked(database);
  const objects = await invoicesOf();
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    const run = {
      ours: () => turn(`${server.url}/webhooks/stripe`, `o${round}`, objects),
      limit: () => turn(bare.url, `b${round}`, objects),
    };
    const [first, second] = round % 2 === 1 ? (["ours", "limit"] as const) : (["limit", "ours"] as const);
    const result = { [first]: await run[first](), [second]: await run[second]() } as { ours: Turn; limit: Turn };
    const workedAfter = await untilWorked(database);
    console.log(
      `round ${round}  ours ${line(result.ours)}, worked ${(workedAfter / 1000).toFixed(1)} s later   bare ${line(result.limit)}   ratio ${(result.ours.perSecond / result.limit.perSecond).toFixed(2)}`,
    );
  }
  const { rows } = await database.query<{ kept: string; handled: string }>(
    "select count(*) as kept, count(*) filter (where state = 'HANDLED') as handled from stripe_inbox where starts_with(event_id, 'evt_o')",
  );
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const reads = /qlp_stripe_reads_total\{kind="invoice"\} (\d+)/.exec(metrics)?.[1];
  console.log(
    `\n${rows[0]?.kept ?? "?"} of ${burst * Number(values.rounds)} kept, ${rows[0]?.handled ?? "?"} handled by ${reads ?? "?"} readings of ${objects.length} invoices`,
  );
} finally {
  agent.destroy();
  bare.stop();
  await database.end();
  await server.stop();
  await standIn.close();
}

/** The invoices that the customers' plans have come to at the stand-in. */
async function invoicesOf(): Promise<Stripe.Invoice[]> {
  const stripe = new Stripe("sk_test_local", { host: "127.0.0.1", port: standIn.port, protocol: "http" });
  const invoices = await stripe.invoices.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
  if (invoices.length === 0) throw new Error("there are no invoices to tell about");
  return invoices;
}

/** Sends the whole burst, so many in flight, and takes the time of each answer. */
async function turn(url: string, name: string, objects: readonly Stripe.Invoice[]): Promise<Turn> {
  const bodies = Array.from({ length: burst }, (_, index) =>
    JSON.stringify({
      id: `evt_${name}_${index}`,
      object: "event",
      api_version: "2026-10-28.endive",
      created: Math.floor(Date.now() / 1000),
      type: "invoice.updated",
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      data: { object: objects[index % objects.length] },
    }),
  );
  const times: number[] = [];
  const startedAt = performance.now();
  let next = 0;
  const sender = async (): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const sentAt = performance.now();
      const status = await send(url, body);
      if (status !== 200) throw new Error(`${url} answered ${status}`);
      times.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: flight }, sender));
  const seconds = (performance.now() - startedAt) / 1000;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return { perSecond: burst / seconds, p50: at(0.5), p99: at(0.99), slowest: at(1) };
}

function send(url: string, body: string): Promise<number> {
  const signedAt = Math.floor(Date.now() / 1000);
  const signature = createHmac("sha256", WEBHOOK_SECRET).update(`${signedAt}.${body}`).digest("hex");
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: "POST",
        agent,
        headers: { "content-type": "application/json", "stripe-signature": `t=${signedAt},v1=${signature}` },
      },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** What anybody would write first: check the signature, insert the event, commit, answer. */
async function startBareReceiver(): Promise<{ url: string; stop: () => void }> {
  await database.query("create table bare_events (id text primary key, payload jsonb not null)");
  const http = createServer((asked, answer) => {
    const parts: Buffer[] = [];
    asked.on("data", (part: Buffer) => parts.push(part));
    asked.on("end", () => {
      const event = Stripe.webhooks.constructEvent(
        Buffer.concat(parts),
        String(asked.headers["stripe-signature"]),
        WEBHOOK_SECRET,
      );
      database
        .query("insert into bare_events (id, payload) values ($1, $2) on conflict do nothing", [event.id, event])
        .then(
          () => answer.writeHead(200).end("{}"),
          () => answer.writeHead(500).end("{}"),
        );
    });
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}/`, stop: () => http.close() };
}

function line({ perSecond, p50, p99, slowest }: Turn): string {
  return `${Math.round(perSecond)} events/s, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms`;
}
