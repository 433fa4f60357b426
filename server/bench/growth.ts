// What the same questions cost while the ledger grows. `pnpm bench growth [--sizes 10000,100000,1000000,5000000] [--asks 150]`
import { parseArgs } from "node:util";
import { Agent } from "node:http";
import pg from "pg";
import { makeCustomers } from "./world/customers.ts";
import { growLedger, stretchPeriods } from "./world/grown-ledger.ts";
import { post } from "./world/post.ts";
import { startBenchServer } from "./world/server.ts";
import { takeTurn, type Turn } from "./world/turns.ts";
import { graphqlBatch } from "./world/usage-batches.ts";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "10000,100000,1000000,5000000" },
    asks: { type: "string", default: "150" },
    seconds: { type: "string", default: "5" },
  },
});
const sizes = values.sizes.split(",").map(Number);
const asks = Number(values.asks);
const seconds = Number(values.seconds);
const ORGANIZATIONS = 20;
const BATCH = 500;

const ORGANIZATION = "query($id: ID!) { organization(id: $id) {";
/** What pages and services ask; the first touches no usage and tells how steady the machine is. */
const questions: readonly (readonly [name: string, query: string])[] = [
  ["name alone, for comparison", `${ORGANIZATION} name } }`],
  [
    "usage summary",
    `${ORGANIZATION} usage { total { amount } meters { meter quantity billable amount { amount } } } } }`,
  ],
  ["quotas", `${ORGANIZATION} quotas { meter limit used remaining resetAt } } }`],
  ["usage by day", `${ORGANIZATION} usageByDay { day meters { meter quantity amount { amount } } } } }`],
  ["spending", `${ORGANIZATION} spending { spent { amount } held { amount } cap { amount } } } }`],
  [
    "upcoming invoice",
    `${ORGANIZATION} upcomingInvoice { total { amount } lines { kind quantity amount { amount } } } } }`,
  ],
  ["newest 50 events", `${ORGANIZATION} usageEvents(first: 50) { nodes { id action amount { amount } } } } }`],
  ["organizations with usage", "{ organizations(first: 20) { nodes { name usage { total { amount } } } } }"],
  [
    "a decision with a hold",
    "mutation($id: ID!) { authorizeUsage(input: { organizationId: $id, action: EXPORT, hold: true }) { allowed remaining } }",
  ],
];
const RECORD = "mutation($input: RecordUsageInput!) { recordUsage(input: $input) { accepted } }";

const server = await startBenchServer();
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const admin = new pg.Client({ connectionString: server.databaseUrl });
try {
  await admin.connect();
  const { organizationIds, serviceKey, staff } = await makeCustomers(server, ORGANIZATIONS);
  const record = async (number: number): Promise<void> => {
    const input = { organizationId: organizationIds[number % ORGANIZATIONS], events: graphqlBatch(BATCH) };
    const { data, errors } = await post(server.url, agent, serviceKey, { query: RECORD, variables: { input } });
    if (data?.["recordUsage"]?.["accepted"] !== BATCH) throw new Error(JSON.stringify(errors ?? data));
  };
  const askInTurn = (query: string): Promise<Turn> => {
    const token = query.startsWith("mutation") ? serviceKey : staff;
    return takeTurn({ flight: 1, seconds: 0, least: asks }, async (number) => {
      const variables = { id: organizationIds[number % ORGANIZATIONS] };
      const { data, errors } = await post(server.url, agent, token, { query, variables });
      if (errors || !data) throw new Error(`${query}: ${JSON.stringify(errors)}`);
    });
  };
  for (let number = 0; number < ORGANIZATIONS; number += 1) await record(number);
  await stretchPeriods(admin);
  // The first size would pay for code that is not compiled yet.
  for (const [, query] of questions) await askInTurn(query);

  const medians = new Map<string, number[]>();
  const keep = (name: string, median: number): void => void medians.set(name, [...(medians.get(name) ?? []), median]);
  for (const size of sizes) {
    const stored = await growLedger(admin, size);
    console.log(`\n${stored} events`);
    for (const [name, query] of questions) {
      const { p50, p99 } = await askInTurn(query);
      keep(name, p50);
      console.log(`  ${name.padEnd(28)} p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`);
    }
    const batches = await takeTurn({ flight: 4, seconds }, record);
    keep(`a batch of ${BATCH}`, batches.p50);
    console.log(
      `  batches of ${BATCH}, 4 in flight    ${Math.round(batches.perSecond * BATCH)} events/s, p50 ${batches.p50.toFixed(1)} ms, p99 ${batches.p99.toFixed(1)} ms`,
    );
  }
  console.log(`\nfrom ${sizes[0]} to ${sizes.at(-1)} events, largest median by smallest:`);
  for (const [name, all] of medians)
    console.log(`  ${name.padEnd(28)} ${(Math.max(...all) / Math.min(...all)).toFixed(2)}`);
} finally {
  agent.destroy();
  await admin.end();
  await server.stop();
}
