// Our GraphQL ingestion beside the bare limit of the same PostgreSQL, in turns. `pnpm bench ingest [--rounds 3] [--seconds 5] [--flights 1,4]`
import { parseArgs } from "node:util";
import pg from "pg";
import { ask, makeCustomers } from "./world/customers.ts";
import { startBenchServer } from "./world/server.ts";
import { inTurns, medianOf, middleOf, ratioOf, takeTurn, type Turn, turnLine } from "./world/turns.ts";
import { graphqlBatch, rawBatch, rawStatement } from "./world/usage-batches.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "5" },
    batch: { type: "string", default: "500" },
    flights: { type: "string", default: "1,4" },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const batch = Number(values.batch);
/** Batches in flight, one after the other: alone a batch takes what it takes, four at once share the machine. */
const flights = values.flights.split(",").map(Number);
const ORGANIZATIONS = 50;
const MUTATION =
  "mutation($input: RecordUsageInput!) { recordUsage(input: $input) { accepted duplicates rejected outcomes { idempotencyKey status reason } } }";

const server = await startBenchServer();
try {
  const { organizationIds, serviceKey } = await makeCustomers(server, ORGANIZATIONS);
  const raw = await Promise.all(Array.from({ length: Math.max(...flights) }, () => connect(server.databaseUrl)));
  await raw[0]?.query("create table raw_usage_events (like usage_events including all)");

  /** So many batches at once, told in events. */
  const turn = async (
    flight: number,
    send: (organizationId: string, worker: number) => Promise<void>,
  ): Promise<Turn> => {
    const taken = await takeTurn({ flight, seconds }, (number, worker) =>
      send(organizationIds[number % ORGANIZATIONS] ?? "", worker),
    );
    return { ...taken, perSecond: taken.perSecond * batch };
  };
  const ours = (flight: number) => (): Promise<Turn> =>
    turn(flight, async (organizationId) => {
      const input = { organizationId, events: graphqlBatch(batch) };
      const { recordUsage } = await ask(server.url, MUTATION, { input }, serviceKey);
      if (recordUsage?.["accepted"] !== batch)
        throw new Error(`accepted ${String(recordUsage?.["accepted"])} of ${batch}`);
    });
  const limit = (flight: number) => (): Promise<Turn> =>
    turn(flight, async (organizationId, worker) => {
      const { rowCount } =
        (await raw[worker]?.query({ name: "raw", text: rawStatement, values: rawBatch(organizationId, batch) })) ?? {};
      if (rowCount !== batch) throw new Error(`stored ${String(rowCount)} of ${batch}`);
    });

  await ours(4)();
  await limit(Math.max(...flights))();
  for (const flight of flights) {
    const results = await inTurns(rounds, ours(flight), limit(flight));
    for (const [index, result] of results.entries())
      console.log(
        `${flight} in flight, round ${index + 1}  ours ${turnLine(result.ours, " events")}   limit ${turnLine(result.other, " events")}   ratio ${ratioOf(result).toFixed(3)}`,
      );
    const { ours: own, other } = middleOf(results);
    console.log(
      `${flight} in flight: median ratio ${ratioOf({ ours: own, other }).toFixed(3)}: ours ${Math.round(own.perSecond)} events/s, limit ${Math.round(other.perSecond)} events/s; median p99 of a batch ${medianOf(results.map((result) => result.ours.p99)).toFixed(0)} ms, of the limit's ${medianOf(results.map((result) => result.other.p99)).toFixed(0)} ms\n`,
    );
  }
  const stored = await raw[0]?.query<{ count: string }>("select count(*) as count from usage_events");
  console.log(`${stored?.rows[0]?.count ?? "?"} events stored by ours`);
  await Promise.all(raw.map((client) => client.end()));
} finally {
  await server.stop();
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
