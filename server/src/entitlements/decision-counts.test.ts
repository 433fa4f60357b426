import Fastify from "fastify";
import { expect, test } from "vitest";
import { type Customer, newCustomer } from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { keepDecisionCounts, writeDecisionCounts } from "./decision-counts.ts";
import { sweepDecisionsJob } from "./sweep-decisions.job.ts";

const START = "2026-03-01T10:20:00Z";
const AUTHORIZE = `mutation($input: AuthorizeUsageInput!) { authorizeUsage(input: $input) { allowed reason } }`;
const DECISIONS =
  "step outcomes { outcome count } steps { at outcomes { outcome count } } mostRefused { allowed refused organization { id } }";
const OF_ALL = `query($hours: Int) { usageDecisions(hours: $hours) { ${DECISIONS} } }`;
const OF_ONE = `query($hours: Int, $id: ID) { organization(id: $id) { id usageDecisions(hours: $hours) { ${DECISIONS} } } }`;

const ask = (customer: Customer, input: object) => customer.key.get(AUTHORIZE, { input });
const allowed = { action: "GENERATION", complexity: "T1" };
const refused = { ...allowed, requires: ["custom_models"] };

const kept = ({ world, id }: Customer) =>
  inPlatformTransaction(world.platform.pool, (sql) =>
    sql<{ count: string }>("select count::text as count from decision_counts where organization_id = $1", [id]),
  );

test("each answer is counted by its outcome and hour, for one organization and for all", async () => {
  const world = await newWorld();
  const [ours, theirs] = [await newCustomer(world, START), await newCustomer(world, START)];
  await ask(ours, allowed);
  await ask(ours, refused);
  await ask(theirs, refused);
  await writeDecisionCounts(world.platform);
  world.setClock("2026-03-01T11:00:00Z");
  await ask(ours, refused);
  await ask(ours, refused);
  await writeDecisionCounts(world.platform);

  const { organization } = await ours.owner.get(OF_ONE, { hours: 2 });
  expect(organization.usageDecisions).toEqual({
    step: "HOUR",
    outcomes: [
      { outcome: "ALLOWED", count: "1" },
      { outcome: "NOT_ENTITLED", count: "3" },
    ],
    steps: [
      { at: "2026-03-01T09:00:00.000Z", outcomes: [] },
      {
        at: "2026-03-01T10:00:00.000Z",
        outcomes: [
          { outcome: "ALLOWED", count: "1" },
          { outcome: "NOT_ENTITLED", count: "1" },
        ],
      },
      { at: "2026-03-01T11:00:00.000Z", outcomes: [{ outcome: "NOT_ENTITLED", count: "2" }] },
    ],
    mostRefused: [],
  });
  expect((await ours.staff.get(OF_ONE, { id: ours.id, hours: 2 })).organization).toEqual(organization);
  const { usageDecisions: all } = await ours.staff.get(OF_ALL, { hours: 72 });
  expect(all.step).toBe("DAY");
  expect(all.mostRefused).toContainEqual({ allowed: "1", refused: "3", organization: { id: ours.id } });
  expect(all.mostRefused).toContainEqual({ allowed: "0", refused: "1", organization: { id: theirs.id } });
});

test("writing again adds nothing, and what a failed write held is counted with the next", async () => {
  const world = await newWorld();
  const customer = await newCustomer(world, START);
  await ask(customer, allowed);
  const broken = { connect: () => Promise.reject(new Error("no connection")) };
  const { pool } = world.platform;
  Object.assign(world.platform, { pool: broken });
  await expect(writeDecisionCounts(world.platform)).rejects.toThrow("no connection");
  Object.assign(world.platform, { pool });
  await writeDecisionCounts(world.platform);
  await writeDecisionCounts(world.platform);
  const { organization } = await customer.owner.get(OF_ONE);
  expect(organization.usageDecisions.outcomes).toEqual([{ outcome: "ALLOWED", count: "1" }]);
});

test("a server that stops writes what it has counted", async () => {
  const world = await newWorld();
  const customer = await newCustomer(world, START);
  await ask(customer, allowed);
  const server = Fastify({ logger: false });
  await keepDecisionCounts(server, world.platform);
  await server.close();
  expect(await kept(customer)).toEqual([{ count: "1" }]);
});

test("customers read their own decisions, never all, and counts are forgotten after 90 days", async () => {
  const world = await newWorld();
  const customer = await newCustomer(world, START);
  await ask(customer, allowed);
  await writeDecisionCounts(world.platform);
  const stranger = await newCustomer(world, START);
  expect((await customer.owner.ask(OF_ALL)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  expect((await stranger.owner.ask(OF_ONE, { id: customer.id })).data?.organization ?? null).toBeNull();
  expect((await stranger.owner.get(OF_ONE)).organization.usageDecisions.outcomes).toEqual([]);

  world.setClock("2026-05-30T10:00:00Z");
  await sweepDecisionsJob.run(world.platform, {});
  expect(await kept(customer)).toEqual([{ count: "1" }]);
  world.setClock("2026-05-30T10:00:01Z");
  await sweepDecisionsJob.run(world.platform, {});
  expect(await kept(customer)).toEqual([]);
});
