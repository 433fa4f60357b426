// One and two processes behind a balancer on one PostgreSQL, in turns, and whether their sums are right.
// `pnpm bench instances [--rounds 3] [--seconds 5] [--flight 64]`
import { parseArgs } from "node:util";
import { Agent } from "node:http";
import pg from "pg";
import { startBalancer } from "./world/balancer.ts";
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
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const flight = Number(values.flight);
const ORGANIZATIONS = 50;
const BATCH = 500;
const RECORD = "mutation($input: RecordUsageInput!) { recordUsage(input: $input) { accepted duplicates } }";
const ASK = "mutation($input: AuthorizeUsageInput!) { authorizeUsage(input: $input) { allowed reason hold { id } } }";

const first = await startBenchServer();
const second = await first.another();
const one = await startBalancer([first.url]);
const both = await startBalancer([first.url, second.url]);
const agents = new Map([one.url, both.url].map((url) => [url, new Agent({ keepAlive: true, maxSockets: flight })]));
const admin = new pg.Client({ connectionString: first.databaseUrl });
try {
  await admin.connect();
  // Limits on the rate would end the run, and are not what is measured.
  await admin.query(
    `update plan_versions set terms = jsonb_set(terms::jsonb, '{ratePerMinute}', '{"generations": 1000000000, "api_calls": 1000000000}')`,
  );
  const { organizationIds, serviceKey } = await makeCustomers(first, ORGANIZATIONS);
  const ask = async (url: string, query: string, input: object): Promise<Record<string, unknown>> => {
    const { data, errors } = await post(url, agents.get(url) ?? new Agent(), serviceKey, {
      query,
      variables: { input },
    });
    const answer = Object.values(data ?? {})[0];
    if (!answer) throw new Error(JSON.stringify(errors));
    return answer;
  };
  const counted = { events: 0, holds: 0 };
  const organization = (number: number): string => organizationIds[number % ORGANIZATIONS] ?? "";

  /** Events of one call each are sent twice at once, which two processes may get at the same moment. */
  const record = (url: string, size: number, inFlight: number) => async (): Promise<Turn> => {
    const turn = await takeTurn({ flight: inFlight, seconds }, async (number) => {
      const input = { organizationId: organization(number), events: graphqlBatch(size) };
      const answers = await Promise.all([ask(url, RECORD, input), number % 10 === 0 && ask(url, RECORD, input)]);
      const accepted = answers.reduce((sum, answer) => sum + (answer ? Number(answer["accepted"]) : 0), 0);
      if (accepted !== size) throw new Error(`accepted ${accepted} of ${size}`);
      counted.events += accepted;
    });
    return { ...turn, perSecond: turn.perSecond * size };
  };
  const decide = (url: string) => (): Promise<Turn> =>
    takeTurn({ flight, seconds }, async (number) => {
      const input = { organizationId: organization(number), action: "GENERATION", complexity: "T1", hold: true };
      const { allowed, reason } = await ask(url, ASK, input);
      if (allowed !== true) throw new Error(String(reason));
      counted.holds += 1;
    });

  for (const [name, work] of [
    [`events/s in batches of ${BATCH}`, (url: string) => record(url, BATCH, 4)],
    ["events/s, one a call", (url: string) => record(url, 1, flight)],
    ["decisions/s", decide],
  ] as const) {
    await work(both.url)();
    const results = await inTurns(rounds, work(both.url), work(one.url));
    const middle = middleOf(results);
    console.log(
      `${name.padEnd(28)} two ${turnLine(middle.ours)}   one ${turnLine(middle.other)}   ratio ${ratioOf(middle).toFixed(2)}`,
    );
  }
  const sums = await admin.query<{ events: string; holds: string; units: string; totals: string; held: string }>(
    `select (select count(*) from usage_events) as events, (select count(*) from holds) as holds,
       (select sum(units) + sum(compute_units) from usage_events) as units, (select sum(units) from usage_totals) as totals,
       (select sum(generations) from held_usage) as held`,
  );
  const { events, holds, units, totals, held } = sums.rows[0] ?? {
    events: "",
    holds: "",
    units: "",
    totals: "",
    held: "",
  };
  const isRight =
    Number(events) === counted.events && Number(holds) === counted.holds && units === totals && holds === held;
  console.log(
    `\n${isRight ? "right" : "WRONG"}: ${events} events stored of ${counted.events} accepted, ${totals} units in totals of ${units} in events, ${holds} holds of ${counted.holds} granted, ${held} units kept`,
  );
  if (!isRight) process.exitCode = 1;
} finally {
  for (const agent of agents.values()) agent.destroy();
  await admin.end();
  await Promise.all([one.stop(), both.stop()]);
  await second.stop();
  await first.stop();
}
