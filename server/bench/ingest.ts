// Our GraphQL ingestion beside the bare limit of the same PostgreSQL, in turns. `pnpm bench ingest [--rounds 3] [--seconds 5]`
import { parseArgs } from "node:util";
import pg from "pg";
import { ask, makeCustomers } from "./world/customers.ts";
import { startBenchServer } from "./world/server.ts";
import { type Clock, graphqlBatch, rawBatch, rawStatement } from "./world/usage-batches.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "5" },
    batch: { type: "string", default: "500" },
    connections: { type: "string", default: "4" },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const batch = Number(values.batch);
const connections = Number(values.connections);
const ORGANIZATIONS = 50;
const MUTATION =
  "mutation($input: RecordUsageInput!) { recordUsage(input: $input) { accepted duplicates rejected outcomes { idempotencyKey status reason } } }";

type Turn = { perSecond: number; p50: number; p99: number };

const server = await startBenchServer();
try {
  const { organizationIds, serviceKey } = await makeCustomers(server, ORGANIZATIONS);
  const raw = await Promise.all(Array.from({ length: connections }, () => connect(server.databaseUrl)));
  await raw[0]?.query("create table raw_usage_events (like usage_events including all)");

  const ours = (): Promise<Turn> =>
    turn(async (worker, number) => {
      const organizationId = organizationIds[(worker + number * connections) % ORGANIZATIONS] ?? "";
      const { recordUsage } = await ask(
        server.url,
        MUTATION,
        { input: { organizationId, events: graphqlBatch(batch) } },
        serviceKey,
      );
      if (recordUsage?.["accepted"] !== batch)
        throw new Error(`accepted ${String(recordUsage?.["accepted"])} of ${batch}`);
    });
  const limit = (): Promise<Turn> =>
    turn(async (worker, number) => {
      const organizationId = organizationIds[(worker + number * connections) % ORGANIZATIONS] ?? "";
      const { rowCount } =
        (await raw[worker]?.query({ name: "raw", text: rawStatement, values: rawBatch(organizationId, batch) })) ?? {};
      if (rowCount !== batch) throw new Error(`stored ${String(rowCount)} of ${batch}`);
    });

  await ours();
  await limit();
  const results: { ours: Turn; limit: Turn }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // Who begins changes from round to round, so that neither always finds the warmer machine.
    const first = round % 2 === 0 ? await ours() : await limit();
    const second = round % 2 === 0 ? await limit() : await ours();
    const result = round % 2 === 0 ? { ours: first, limit: second } : { ours: second, limit: first };
    results.push(result);
    console.log(`round ${round + 1}  ours ${line(result.ours)}   limit ${line(result.limit)}   ratio ${ratio(result)}`);
  }
  const stored = await raw[0]?.query<{ count: string }>("select count(*) as count from usage_events");
  const middle = results.toSorted(
    (a, b) => a.ours.perSecond / a.limit.perSecond - b.ours.perSecond / b.limit.perSecond,
  )[Math.floor(rounds / 2)];
  if (middle)
    console.log(
      `\nmedian ratio ${ratio(middle)}: ours ${Math.round(middle.ours.perSecond)} events/s, limit ${Math.round(middle.limit.perSecond)} events/s; ${stored?.rows[0]?.count ?? "?"} events stored by ours`,
    );
  await Promise.all(raw.map((client) => client.end()));
} finally {
  await server.stop();
}

/** All connections at work for the given time. */
async function turn(
  work: (worker: number, number: number) => Promise<void>,
  now: Clock = () => performance.now(),
): Promise<Turn> {
  const startedAt = now();
  const until = startedAt + seconds * 1_000;
  const tookMs: number[] = [];
  await Promise.all(
    Array.from({ length: connections }, async (_, worker) => {
      for (let number = 0; now() < until; number += 1) {
        const began = now();
        await work(worker, number);
        tookMs.push(now() - began);
      }
    }),
  );
  const sorted = tookMs.toSorted((a, b) => a - b);
  const quantile = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
  return { perSecond: (tookMs.length * batch * 1_000) / (now() - startedAt), p50: quantile(0.5), p99: quantile(0.99) };
}

function line({ perSecond, p50, p99 }: Turn): string {
  return `${Math.round(perSecond).toString().padStart(6)} events/s (p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms)`;
}

function ratio(result: { ours: Turn; limit: Turn }): string {
  return (result.ours.perSecond / result.limit.perSecond).toFixed(3);
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
