import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startRedisCluster, type TestRedis } from "../../../test/setup/redis.ts";
import {
  limitOf,
  newOwner,
  type Process,
  startPatient,
  startProcess,
  takeAtOnce,
} from "../../../test/sharing-processes.ts";

let nodes: readonly TestRedis[];
let running: Process[] = [];

beforeAll(async () => {
  nodes = await startRedisCluster();
});
afterEach(async () => {
  await Promise.all(running.map(({ limits }) => limits.close()));
  running = [];
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
});

async function joined(start: (urls: string[]) => Promise<Process>): Promise<Process> {
  const process = await start(nodes.map(({ url }) => url));
  running.push(process);
  return process;
}

const owners = Array.from({ length: 30 }, newOwner);

/** Those of our owners whose counters are on this node. */
async function ownersOn(node: TestRedis): Promise<string[]> {
  const keys = (await node.ask("KEYS", "rl:*")) as string[];
  return owners.filter((owner) => keys.some((key) => key.startsWith(`rl:{${owner}}`)));
}

const allAre = (processes: readonly Process[], degraded: null): Promise<void> =>
  expect
    .poll(() => processes.map(({ limits }) => limits.degraded), { timeout: 30_000 })
    .toEqual(processes.map(() => degraded));

test("two processes give out exactly what there is, for organizations on all nodes", async () => {
  const [here, there] = [await joined(startPatient), await joined(startPatient)];
  const given = await Promise.all(
    owners.map(async (owner) => {
      const limit = limitOf(owner, 7);
      const [some, others] = await Promise.all([takeAtOnce(here, 10, limit), takeAtOnce(there, 10, limit)]);
      return some + others;
    }),
  );
  expect(given).toEqual(owners.map(() => 7));
  for (const node of nodes) expect((await ownersOn(node)).length).toBeGreaterThan(0);
  expect([here.warnings, there.warnings]).toEqual([[], []]);
});

test("all counters of an organization lie in one slot", async () => {
  const here = await joined(startPatient);
  const [owner = ""] = owners;
  await here.limits.take({ ...limitOf(owner, 5), name: "api.key", part: "k1" });
  await here.limits.take({ ...limitOf(owner, 5), name: "api_calls" });
  const held = await Promise.all(
    nodes.map(async (node) => {
      const keys = (await node.ask("KEYS", `rl:{${owner}}*`)) as string[];
      return Promise.all(keys.map((key) => node.ask("CLUSTER", "KEYSLOT", key)));
    }),
  );
  expect(held.flat()).toHaveLength(3);
  expect(new Set(held.flat()).size).toBe(1);
});

test("one node that hangs is answered for within a moment, and is shared again by itself", async () => {
  const here = await joined(startProcess);
  await allAre([here], null);
  const [node] = nodes;
  const [owner = ""] = await ownersOn(node!);
  const limit = { ...limitOf(owner, 5), name: "hung" };
  node!.pause();
  const asked = performance.now();
  expect(await takeAtOnce(here, 20, limit)).toBe(5);
  expect(performance.now() - asked).toBeLessThan(1_000);
  expect(here.limits.degraded).toMatch(/Redis does not answer/);
  expect(await takeAtOnce(here, 20, limit)).toBe(0);
  node!.resume();
  await allAre([here], null);
});

test("one node that is flushed gives out nothing again of what a process took there", async () => {
  const here = await joined(startPatient);
  const [, , node] = nodes;
  const [owner = ""] = await ownersOn(node!);
  const limit = { ...limitOf(owner, 8), name: "flushed" };
  expect(await takeAtOnce(here, 5, limit)).toBe(5);
  await node!.ask("FLUSHALL");
  expect(await takeAtOnce(here, 20, limit)).toBe(3);
  expect(here.warnings).toEqual([expect.stringContaining("lost counters")]);
});

test("one node that is killed is answered for, and is shared again once it is started", async () => {
  const here = await joined(startPatient);
  const [, node] = nodes;
  const [owner = ""] = await ownersOn(node!);
  await node!.kill();
  expect(await takeAtOnce(here, 20, { ...limitOf(owner, 5), name: "killed" })).toBe(5);
  expect(here.limits.degraded).toMatch(/Redis does not answer/);
  await node!.start();
  await allAre([here], null);
  const there = await joined(startPatient);
  await allAre([there], null);
  const limit = { ...limitOf(owner, 9), name: "after" };
  expect((await takeAtOnce(here, 20, limit)) + (await takeAtOnce(there, 20, limit))).toBe(9);
});

test("one that starts while a node is away answers all the same, and shares once it is back", async () => {
  const [, , node] = nodes;
  await node!.kill();
  const here = await joined(startProcess);
  expect(await takeAtOnce(here, 20, limitOf(newOwner(), 5))).toBe(5);
  await node!.start();
  await allAre([here], null);
});
