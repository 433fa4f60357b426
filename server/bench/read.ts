// Reads through the front door beside mercurius with its compiler on the same rows, in turns.
// `pnpm bench read [--rounds 3] [--seconds 5] [--flight 32] [--only one|fifty]`
import { deepStrictEqual } from "node:assert/strict";
import { Agent } from "node:http";
import { parseArgs } from "node:util";
import pg from "pg";
import { post } from "./world/post.ts";
import { FIFTY, makeReadable, ONE } from "./world/reads.ts";
import { type BenchServer, startBenchServer, startPeer } from "./world/server.ts";
import { inTurns, medianOf, middleOf, ratioOf, takeTurn, type Turn, turnLine } from "./world/turns.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "5" },
    flight: { type: "string", default: "32" },
    only: { type: "string", default: "" },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const flight = Number(values.flight);
const WARM_UP = 4_000;

// The limit on requests is counted, and out of the way.
const server = await startBenchServer(() => Promise.resolve({ API_LIMITS: "key=1000000000,service=0,address=600" }));
const admin = new pg.Client({ connectionString: server.databaseUrl });
const agent = new Agent({ keepAlive: true, maxSockets: flight });
try {
  await admin.connect();
  const { organizationId, owner, staff } = await makeReadable(server, admin);
  const peer = await startPeer("mercurius-peer.ts", server.databaseUrl);
  try {
    if (values.only !== "fifty")
      await measure("one organization", { query: ONE, variables: { id: organizationId } }, owner, peer);
    if (values.only !== "one") await measure("fifty organizations", { query: FIFTY }, staff, peer);
  } finally {
    await peer.stop();
  }
} finally {
  agent.destroy();
  await admin.end();
  await server.stop();
}

type Peer = Pick<BenchServer, "url" | "cpuMs">;

/** The same question to both, whose answers must be the same. */
async function measure(name: string, body: object, token: string, peer: Peer): Promise<void> {
  const answers = await Promise.all([post(server.url, agent, token, body), post(peer.url, agent, "", body)]);
  if (answers[0].errors) throw new Error(JSON.stringify(answers[0].errors));
  deepStrictEqual(answers[0].data, answers[1].data);

  const ask =
    ({ url, cpuMs }: Peer, bearer: string, least = 0) =>
    (): Promise<Turn> =>
      takeTurn({ flight, seconds, cpuMs, least }, async () => {
        const { data, errors } = await post(url, agent, bearer, body);
        if (errors || !data) throw new Error(JSON.stringify(errors));
      });
  const [ours, theirs] = [ask(server, token), ask(peer, "")];
  // Code that has run a few thousand times is compiled by the engine, however slow the machine is just now.
  await ask(server, token, WARM_UP)();
  await ask(peer, "", WARM_UP)();
  const results = await inTurns(rounds, ours, theirs);
  for (const [index, result] of results.entries())
    console.log(
      `round ${index + 1}  ours ${turnLine(result.ours)}   mercurius ${turnLine(result.other)}   ratio ${ratioOf(result).toFixed(2)}`,
    );
  const middle = middleOf(results);
  const cpu = medianOf(results.map(({ ours: { cpuMs: a }, other: { cpuMs: b } }) => (b ?? Number.NaN) / (a ?? 1)));
  console.log(
    `${name}: ours ${Math.round(middle.ours.perSecond)}/s, mercurius with jit ${Math.round(middle.other.perSecond)}/s, median ratio ${ratioOf(middle).toFixed(2)}; by what each had of the processors ${cpu.toFixed(2)}\n`,
  );
}
