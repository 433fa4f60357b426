// Our GraphQL ingestion beside the bare limit of the same PostgreSQL, in turns. `pnpm bench ingest [--rounds 3] [--seconds 5]`
import { parseArgs } from "node:util";
import pg from "pg";
import { ask, makeCustomers } from "./world/customers.ts";
import { startBenchServer } from "./world/server.ts";
import { inTurns, middleOf, ratioOf, takeTurn, type Turn, turnLine } from "./world/turns.ts";
import { graphqlBatch, rawBatch, rawStatement } from "./world/usage-batches.ts";

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

const server = await startBenchServer();
try {
  const { organizationIds, serviceKey } = await makeCustomers(server, ORGANIZATIONS);
  const raw = await Promise.all(Array.from({ length: connections }, () => connect(server.databaseUrl)));
  await raw[0]?.query("create table raw_usage_events (like usage_events including all)");

  /** Batches on all connections, told in events. */
  const turn = async (send: (organizationId: string, worker: number) => Promise<void>): Promise<Turn> => {
    const taken = await takeTurn({ flight: connections, seconds }, (number, worker) =>
      send(organizationIds[number % ORGANIZATIONS] ?? "", worker),
    );
    return { ...taken, perSecond: taken.perSecond * batch };
  };
  const ours = (): Promise<Turn> =>
    turn(async (organizationId) => {
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
    turn(async (organizationId, worker) => {
      const { rowCount } =
        (await raw[worker]?.query({ name: "raw", text: rawStatement, values: rawBatch(organizationId, batch) })) ?? {};
      if (rowCount !== batch) throw new Error(`stored ${String(rowCount)} of ${batch}`);
    });

  await ours();
  await limit();
  const results = await inTurns(rounds, ours, limit);
  for (const [index, result] of results.entries())
    console.log(
      `round ${index + 1}  ours ${turnLine(result.ours, " events")}   limit ${turnLine(result.other, " events")}   ratio ${ratioOf(result).toFixed(3)}`,
    );
  const stored = await raw[0]?.query<{ count: string }>("select count(*) as count from usage_events");
  const middle = middleOf(results);
  console.log(
    `\nmedian ratio ${ratioOf(middle).toFixed(3)}: ours ${Math.round(middle.ours.perSecond)} events/s, limit ${Math.round(middle.other.perSecond)} events/s; ${stored?.rows[0]?.count ?? "?"} events stored by ours`,
  );
  await Promise.all(raw.map((client) => client.end()));
} finally {
  await server.stop();
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
