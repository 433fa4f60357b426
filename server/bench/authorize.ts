// Decisions with holds through GraphQL beside bare conditional updates in the same PostgreSQL, in turns, for one busy
// organization and for a thousand. `pnpm bench authorize [--rounds 3] [--seconds 5] [--flight 64] [--no-hold]`
import { parseArgs } from "node:util";
import { Agent } from "node:http";
import pg from "pg";
import { makeCustomers } from "./world/customers.ts";
import { copyOrganization } from "./world/copied-organizations.ts";
import { post } from "./world/post.ts";
import { startBenchServer } from "./world/server.ts";
import { inTurns, medianOf, middleOf, ratioOf, takeTurn, type Turn, turnLine } from "./world/turns.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "5" },
    flight: { type: "string", default: "64" },
    "no-hold": { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const flight = Number(values.flight);
const WARM_UP = 6_000;
const ORGANIZATIONS = 1_000;
const RAW_CONNECTIONS = 10;
const QUERY =
  "mutation($input: AuthorizeUsageInput!) { authorizeUsage(input: $input) { allowed reason remaining estimatedAmount { amount } hold { id expiresAt } } }";
const RAW = {
  name: "raw",
  text: "update raw_quotas set held = held + 1 where organization_id = $1 and held + 1 <= quota returning held",
};

const server = await startBenchServer();
const agent = new Agent({ keepAlive: true, maxSockets: flight });
const admin = new pg.Client({ connectionString: server.databaseUrl });
const raw = new pg.Pool({ connectionString: server.databaseUrl, max: RAW_CONNECTIONS });
try {
  await admin.connect();
  // Limits on the rate stay on the way and out of it.
  await admin.query(
    `update plan_versions set terms = jsonb_set(terms::jsonb, '{ratePerMinute}', '{"generations": 1000000000, "api_calls": 1000000000}')`,
  );
  const { organizationIds, serviceKey } = await makeCustomers(server, 1);
  const hot = organizationIds[0] ?? "";
  const all = [hot, ...(await copyOrganization(admin, hot, ORGANIZATIONS - 1))];
  await admin.query(
    "create table raw_quotas (organization_id uuid primary key, held int8 not null, quota int8 not null)",
  );
  await admin.query("insert into raw_quotas select id, 0, 1000000000 from organizations");

  const ours = (ids: readonly string[], least = 0): Promise<Turn> =>
    takeTurn({ flight, seconds, cpuMs: server.cpuMs, least }, async (number) => {
      const input = {
        organizationId: ids[number % ids.length],
        action: "GENERATION",
        complexity: "T1",
        hold: !values["no-hold"],
      };
      const { data, errors } = await post(server.url, agent, serviceKey, { query: QUERY, variables: { input } });
      if (!data?.["authorizeUsage"]?.["allowed"]) throw new Error(JSON.stringify(errors ?? data));
    });
  const limit = (ids: readonly string[]): Promise<Turn> =>
    takeTurn({ flight, seconds }, async (number) => {
      const { rowCount } = await raw.query({ ...RAW, values: [ids[number % ids.length]] });
      if (rowCount !== 1) throw new Error("not granted");
    });

  // Code that has run a few thousand times is compiled by the engine, however slow the machine is just now.
  await ours(all, WARM_UP);
  const hotTurns = [];
  const spreadTurns = [];
  for (let round = 1; round <= rounds; round += 1) {
    const [hotTurn] = await inTurns(
      1,
      () => ours([hot]),
      () => limit([hot]),
    );
    const [spreadTurn] = await inTurns(
      1,
      () => ours(all),
      () => limit(all),
    );
    if (!hotTurn || !spreadTurn) throw new Error("no turn was taken");
    hotTurns.push(hotTurn);
    spreadTurns.push(spreadTurn);
    console.log(`round ${round}  hot     ${beside(hotTurn)}\n         spread  ${beside(spreadTurn)}`);
    console.log(`         hot against spread ${(hotTurn.ours.perSecond / spreadTurn.ours.perSecond).toFixed(2)}`);
  }
  for (const [name, turns] of [
    ["one busy organization", hotTurns],
    ["a thousand organizations", spreadTurns],
  ] as const) {
    const { ours: mine, other } = middleOf(turns);
    console.log(
      `${name}: ours ${Math.round(mine.perSecond)}/s, bare ${Math.round(other.perSecond)}/s, median ratio ${(mine.perSecond / other.perSecond).toFixed(2)}, median p99 ${medianOf(turns.map(({ ours: { p99 } }) => p99)).toFixed(1)} ms`,
    );
  }
  const { rows } = await admin.query<{ placed: string; kept: string }>(
    "select (select count(*) from holds) as placed, (select sum(generations) from held_usage) as kept",
  );
  console.log(`\n${rows[0]?.placed ?? "?"} holds placed, ${rows[0]?.kept ?? "0"} units kept`);
} finally {
  agent.destroy();
  await raw.end();
  await admin.end();
  await server.stop();
}

function beside(turns: { ours: Turn; other: Turn }): string {
  return `ours ${turnLine(turns.ours)}   bare ${turnLine(turns.other)}   ratio ${ratioOf(turns).toFixed(2)}`;
}
