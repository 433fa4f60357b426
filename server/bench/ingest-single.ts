// One event a call, many in flight, beside batches of 500 through the same API, in turns.
// `pnpm bench ingest-single [--rounds 3] [--seconds 5] [--flight 64] [--organizations 50]`
import { parseArgs } from "node:util";
import { Agent } from "node:http";
import pg from "pg";
import { makeCustomers } from "./world/customers.ts";
import { post } from "./world/post.ts";
import { startBenchServer } from "./world/server.ts";
import { inTurns, middleOf, ratioOf, takeTurn, type Turn, turnLine } from "./world/turns.ts";
import { graphqlBatch } from "./world/usage-batches.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "5" },
    flight: { type: "string", default: "64" },
    organizations: { type: "string", default: "50" },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const flight = Number(values.flight);
const BATCH = 500;
const BATCHES_IN_FLIGHT = 4;
const MUTATION =
  "mutation($input: RecordUsageInput!) { recordUsage(input: $input) { accepted outcomes { idempotencyKey status reason } } }";

const server = await startBenchServer();
const agent = new Agent({ keepAlive: true, maxSockets: flight });
try {
  const { organizationIds, serviceKey } = await makeCustomers(server, Number(values.organizations));
  let sent = 0;
  const send = async (organizationId: string, size: number): Promise<void> => {
    const variables = { input: { organizationId, events: graphqlBatch(size) } };
    const { data, errors } = await post(server.url, agent, serviceKey, { query: MUTATION, variables });
    if (data?.["recordUsage"]?.["accepted"] !== size) throw new Error(JSON.stringify(errors ?? data));
    sent += size;
  };
  const singles = (ids: readonly string[]) => (): Promise<Turn> =>
    takeTurn({ flight, seconds }, (number) => send(ids[number % ids.length] ?? "", 1));
  const batches = async (): Promise<Turn> => {
    const turn = await takeTurn({ flight: BATCHES_IN_FLIGHT, seconds }, (number) =>
      send(organizationIds[number % organizationIds.length] ?? "", BATCH),
    );
    return { ...turn, perSecond: turn.perSecond * BATCH };
  };

  await singles(organizationIds)();
  await batches();
  for (const [name, ids] of [
    [`${organizationIds.length} organizations`, organizationIds],
    ["one organization", organizationIds.slice(0, 1)],
  ] as const) {
    const results = await inTurns(rounds, singles(ids), batches);
    for (const [index, result] of results.entries())
      console.log(
        `${name}, round ${index + 1}  single ${turnLine(result.ours, " events")}   batches of ${BATCH} ${turnLine(result.other, " events")}   ratio ${ratioOf(result).toFixed(3)}`,
      );
    const middle = middleOf(results);
    console.log(`${name}: median ratio ${ratioOf(middle).toFixed(3)}, single ${turnLine(middle.ours, " events")}\n`);
  }
  const stored = await countEvents(server.databaseUrl);
  console.log(`${stored} events stored, ${sent} acknowledged`);
  if (stored !== sent) process.exitCode = 1;
} finally {
  agent.destroy();
  await server.stop();
}

async function countEvents(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: string }>("select count(*) as count from usage_events");
  await client.end();
  return Number(rows[0]?.count);
}
