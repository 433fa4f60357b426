import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultCatalog } from "../src/catalog/default-catalog.ts";
import type { PlanCode } from "../src/catalog/plan-terms.ts";
import { publishPlan } from "./customer.ts";
import { playHistory } from "./histories/play-history.ts";
import { history } from "./histories/steps.ts";
import { anotherWorld, newWorld, type World } from "./world.ts";

// `PROPERTY_MINUTES=10 pnpm test usage-histories` looks longer; PROPERTY_SEED and PROPERTY_PATH, which a failure prints
// as seed and path, play the same history again.
const SECOND_MS = 1_000;
const MINUTES = Number(process.env["PROPERTY_MINUTES"] ?? "0.3");
const SEED = process.env["PROPERTY_SEED"];
const PATH = process.env["PROPERTY_PATH"];

/** A history that fails is tried in smaller pieces, for no longer than this. */
const SHRINKING_MS = 240 * SECOND_MS;

/** Histories that are played at once, each with a clock of its own. */
const TOGETHER = 4;
/** How often, under one seed. */
const RUNS = 5;

test(
  "any history of an organization comes to what an independent calculation says",
  { timeout: MINUTES * 60 * SECOND_MS + SHRINKING_MS + 60 * SECOND_MS },
  async () => {
    const worlds = await unhurriedWorlds();
    let [histories, steps] = [0, 0];
    const property = fc.asyncProperty(fc.tuple(...worlds.map(() => history)), async (played) => {
      const ends = await Promise.allSettled(worlds.map((world, index) => playHistory(world, played[index]!)));
      // Only when all have ended, or they would go on in the worlds of the next ones.
      for (const end of ends) if (end.status === "rejected") throw end.reason;
      histories += played.length;
      steps += played.reduce((sum, one) => sum + one.steps.length, 0);
    });
    const first = SEED === undefined ? Date.now() % 2 ** 31 : Number(SEED);
    if (PATH !== undefined) return fc.assert(property, { seed: first, path: PATH, numRuns: 1, endOnFailure: true });

    const end = performance.now() + MINUTES * 60 * SECOND_MS;
    let rounds = 0;
    do {
      const limit = { interruptAfterTimeLimit: end - performance.now() + SHRINKING_MS, markInterruptAsFailure: true };
      await fc.assert(property, { seed: first + rounds, numRuns: RUNS, ...limit });
      rounds += 1;
    } while (performance.now() < end);
    process.stdout.write(`usage-histories: ${histories} histories of ${steps} steps agreed, from seed ${first}\n`);
    expect(histories).toBeGreaterThanOrEqual(RUNS * TOGETHER);
  },
);

/** Plans without limits on the rate, which go by real time: quotas alone decide. */
async function unhurriedWorlds(): Promise<World[]> {
  const world = await newWorld();
  world.setClock("2026-01-01T00:00:00.000Z");
  const staff = await world.staff();
  for (const [plan, terms] of Object.entries(defaultCatalog))
    await publishPlan(staff, plan as PlanCode, { ...terms, ratePerMinute: {} });
  return [world, ...(await Promise.all(Array.from({ length: TOGETHER - 1 }, anotherWorld)))];
}
