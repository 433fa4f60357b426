import { beforeAll, describe, expect, test } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import {
  after,
  apiCalls,
  type Customer,
  generation,
  generations,
  newCustomer,
  publishPlan,
} from "../../test/customer.ts";
import { newWorld, type World } from "../../test/world.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { createPlatform } from "../app/create-platform.ts";
import { authorizeUsage } from "./authorize-usage.ts";
import { readWork } from "./read-work.ts";
import { expireHoldsJob } from "./expire-holds.job.ts";

const START = "2026-03-01T00:00:00Z";

type Decision = {
  allowed: boolean;
  reason: string | null;
  message: string | null;
  remaining: string | null;
  resetAt: string;
  retryAfterSeconds: number | null;
  estimatedAmount: { amount: string };
  hold: { id: string; expiresAt: string } | null;
};

const DECISION =
  "allowed reason message remaining resetAt retryAfterSeconds estimatedAmount { amount } hold { id expiresAt state quantity computeMinutes }";

async function authorize(customer: Customer, input: object): Promise<Decision> {
  const { authorizeUsage } = await customer.key.get(
    `mutation($input: AuthorizeUsageInput!) { authorizeUsage(input: $input) { ${DECISION} } }`,
    { input },
  );
  return authorizeUsage;
}

const askGeneration = (customer: Customer, change: object = {}): Promise<Decision> =>
  authorize(customer, { action: "GENERATION", complexity: "T1", ...change });

async function settle(customer: Customer, holdId: string, event: object) {
  const { settleHold } = await customer.key.get(
    `mutation($input: SettleHoldInput!) { settleHold(input: $input) { __typename ... on UsageOutcome { status reason event { id failed amount { amount } } } ... on Refusal { message } } }`,
    { input: { holdId, event } },
  );
  return settleHold;
}

async function release(customer: Customer, holdId: string) {
  const { releaseHold } = await customer.key.get(
    `mutation($input: ReleaseHoldInput!) { releaseHold(input: $input) { __typename ... on Hold { id state } ... on Refusal { message } } }`,
    { input: { holdId } },
  );
  return releaseHold;
}

/** What the counters say against what the placed holds add up to. */
async function heldTwice(customer: Customer): Promise<[string, string]> {
  const rows = await inPlatformTransaction(customer.world.platform.pool, (sql) =>
    sql<{ kept: string; summed: string }>(
      `select (select generations + api_calls + compute_ms from held_usage where organization_id = $1)::text as kept,
         (select coalesce(sum(generations + api_calls + compute_ms), 0) from holds where organization_id = $1 and state = 'PLACED')::text as summed`,
      [customer.id],
    ),
  );
  return [rows[0]!.kept, rows[0]!.summed];
}

/** Free without limits on the rate, so that its quota alone decides. */
const unhurried = { ...defaultCatalog.free, ratePerMinute: {} };

let world: World;
beforeAll(async () => {
  world = await newWorld();
  world.setClock(START);
  await publishPlan(await world.staff(), "free", unhurried);
});

describe("a quota", () => {
  test("of which one unit is left gives many who ask at once exactly one yes", async () => {
    const customer = await newCustomer(world, START);
    await customer.record(generations(9));
    const answers = await Promise.all(Array.from({ length: 60 }, () => askGeneration(customer, { hold: true })));
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(1);
    const refused = answers.find(({ allowed }) => !allowed);
    expect(refused).toMatchObject({
      reason: "QUOTA_EXCEEDED",
      remaining: "0",
      hold: null,
      resetAt: "2026-04-01T00:00:00.000Z",
    });
    expect(refused?.message).toContain("2026-04-01");
  });

  test("of 500 units gives 1,000 who ask exactly 500 yes, in the order they came", async () => {
    const customer = await newCustomer(world, START);
    await customer.record([apiCalls(500)]);
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => authorize(customer, { action: "API_CALL", hold: true })),
    );
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(500);
    expect(await heldTwice(customer)).toEqual(["500", "500"]);
  });

  test("is shared by two servers that are asked at once", async () => {
    const customer = await newCustomer(world, START);
    const other = await createPlatform(world.platform.config, world.platform.clock);
    try {
      await customer.record([apiCalls(900)]);
      const work = readWork({ action: "API_CALL" }, new Date(START));
      const ask = { organizationId: customer.id, work, holdMs: 60_000, keyPrefix: null };
      const answers = await Promise.all(
        Array.from({ length: 300 }, (_, index) => authorizeUsage(index % 2 ? other.platform : world.platform, ask)),
      );
      expect(answers.filter(({ reason }) => reason === null)).toHaveLength(100);
      expect(await heldTwice(customer)).toEqual(["100", "100"]);
    } finally {
      await other.close();
    }
  });

  test("of one organization is decided while another's lock is held", async () => {
    const [held, free] = [await newCustomer(world, START), await newCustomer(world, START)];
    let letGo = (): void => undefined;
    const locked = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const holder = inPlatformTransaction(world.platform.pool, async (sql) => {
      await sql("select from subscriptions where organization_id = $1 for update", [held.id]);
      await locked;
    });
    const waiting = askGeneration(held, { hold: true });
    expect(await askGeneration(free, { hold: true })).toMatchObject({ allowed: true });
    letGo();
    await holder;
    expect(await waiting).toMatchObject({ allowed: true });
  });

  test("is not used up by asking without a hold", async () => {
    const customer = await newCustomer(world, START);
    await customer.record(generations(9));
    for (let asked = 0; asked < 3; asked += 1)
      expect(await askGeneration(customer)).toMatchObject({ allowed: true, remaining: "1", hold: null });
  });

  test("refuses all of a request of which one meter does not fit", async () => {
    const customer = await newCustomer(world, START);
    const tooLong = { hold: true, computeTimeMs: 12 * 60_000 };
    expect(await askGeneration(customer, tooLong)).toMatchObject({ allowed: false, reason: "QUOTA_EXCEEDED" });
    expect(await askGeneration(customer, { hold: true, computeTimeMs: 11 * 60_000 })).toMatchObject({
      allowed: true,
      remaining: "9",
      hold: { quantity: "1", computeMinutes: "10" },
    });
    expect(await askGeneration(customer, { hold: true, computeTimeMs: 2 * 60_000 })).toMatchObject({ allowed: false });
    expect(await heldTwice(customer)).toEqual(["600001", "600001"]);
  });

  test("that overage goes past says what the work will cost", async () => {
    const customer = await newCustomer(world, START, "starter");
    await customer.record(generations(100));
    expect(await askGeneration(customer, { model: "gpt-4" })).toMatchObject({
      allowed: true,
      remaining: "0",
      estimatedAmount: { amount: "0.5" },
    });
  });

  test("refuses storage above what a hard limit includes, and tells the price of more on other plans", async () => {
    const free = await newCustomer(world, START);
    const level = (gigabytes: number) => ({ action: "STORAGE", storageBytes: `${gigabytes}000000000` });
    expect(await authorize(free, level(1))).toMatchObject({ allowed: true, remaining: "1" });
    expect(await authorize(free, level(2))).toMatchObject({ allowed: false, reason: "QUOTA_EXCEEDED" });
    const starter = await newCustomer(world, START, "starter");
    expect(await authorize(starter, level(30))).toMatchObject({ allowed: true, estimatedAmount: { amount: "2" } });
  });
});

describe("a hold", () => {
  test("is settled by the event of the work as it was, once", async () => {
    const customer = await newCustomer(world, START, "starter");
    const { hold } = await askGeneration(customer, { hold: true });
    const event = generation({ complexity: "T3" });
    expect(await settle(customer, hold!.id, event)).toMatchObject({ status: "ACCEPTED" });
    expect(await settle(customer, hold!.id, event)).toMatchObject({ status: "DUPLICATE" });
    expect(await settle(customer, hold!.id, generation())).toMatchObject({ status: "CONFLICT" });
    expect(await release(customer, hold!.id)).toMatchObject({ __typename: "HoldExpired" });
    expect((await customer.usage()).meters.generations.quantity).toBe("1");
    expect(await heldTwice(customer)).toEqual(["0", "0"]);
  });

  test("asked to be settled by one event many times at once counts once", async () => {
    const customer = await newCustomer(world, START);
    const { hold } = await askGeneration(customer, { hold: true });
    const event = generation();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => settle(customer, hold!.id, event)));
    expect(outcomes.filter(({ status }) => status === "ACCEPTED")).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === "DUPLICATE")).toHaveLength(19);
    expect(await heldTwice(customer)).toEqual(["0", "0"]);
  });

  test("of work that failed gives the allowance back and keeps the fact", async () => {
    const customer = await newCustomer(world, START);
    const { hold } = await askGeneration(customer, { hold: true });
    expect(await settle(customer, hold!.id, generation({ failed: true }))).toMatchObject({
      status: "ACCEPTED",
      event: { failed: true, amount: { amount: "0" } },
    });
    expect(await askGeneration(customer)).toMatchObject({ remaining: "10" });
  });

  test("that a wrong event was sent for stays placed", async () => {
    const customer = await newCustomer(world, START);
    const { hold } = await askGeneration(customer, { hold: true });
    expect(await settle(customer, hold!.id, apiCalls(1))).toMatchObject({ status: "REJECTED" });
    expect(await settle(customer, hold!.id, generation({ complexity: null }))).toMatchObject({ status: "REJECTED" });
    expect(await settle(customer, hold!.id, generation())).toMatchObject({ status: "ACCEPTED" });
  });

  test("is released once, however often it is asked", async () => {
    const customer = await newCustomer(world, START);
    const { hold } = await askGeneration(customer, { hold: true });
    expect(await askGeneration(customer)).toMatchObject({ remaining: "9" });
    const answers = await Promise.all(Array.from({ length: 10 }, () => release(customer, hold!.id)));
    expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(["RELEASED"]));
    expect(await askGeneration(customer)).toMatchObject({ remaining: "10" });
    expect(await settle(customer, hold!.id, generation())).toMatchObject({ __typename: "HoldExpired" });
  });

  test("gives itself back at the instant it expires, before any job has run", async () => {
    const customer = await newCustomer(world, START);
    await Promise.all(Array.from({ length: 10 }, () => askGeneration(customer, { hold: true, holdSeconds: 60 })));
    world.setClock(after(START, 59_999));
    expect(await askGeneration(customer, { hold: true })).toMatchObject({ reason: "QUOTA_EXCEEDED" });
    world.setClock(after(START, 60_000));
    expect(await askGeneration(customer)).toMatchObject({ allowed: true, remaining: "10" });
    await expireHoldsJob.run(world.platform, {});
    await expireHoldsJob.run(world.platform, {});
    expect(await heldTwice(customer)).toEqual(["0", "0"]);
    expect(await askGeneration(customer)).toMatchObject({ remaining: "10" });
  });

  test("of another organization is not found", async () => {
    const [ours, theirs] = [await newCustomer(world, START), await newCustomer(world, START)];
    const { hold } = await askGeneration(theirs, { hold: true });
    const { errors } = await ours.key.ask(`mutation($id: ID!) { releaseHold(input: { holdId: $id }) { __typename } }`, {
      id: hold!.id,
    });
    expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  });

  test("is listed for its organization, newest first", async () => {
    const customer = await newCustomer(world, START);
    await askGeneration(customer, { hold: true });
    const { hold } = await askGeneration(customer, { hold: true });
    await release(customer, hold!.id);
    const { organization } = await customer.owner.get(
      `{ organization { holds { nodes { id state action complexity quantity } } placed: holds(state: PLACED) { nodes { id } } } }`,
    );
    expect(organization.holds.nodes).toMatchObject([
      { id: hold!.id, state: "RELEASED", quantity: "1" },
      { state: "PLACED" },
    ]);
    expect(organization.placed.nodes).toHaveLength(1);
  });
});

describe("a spending cap", () => {
  const setCap = async (customer: Customer, cap: string | null) =>
    (
      await customer.owner.get(
        `mutation($cap: Decimal) { setSpendingCap(input: { cap: $cap }) { cap { amount } spent { amount } held { amount } reached } }`,
        { cap },
      )
    ).setSpendingCap;

  test("refuses work that would go past it, counting what is under way", async () => {
    const customer = await newCustomer(world, START, "starter");
    await customer.record(generations(102));
    expect(await setCap(customer, "1.00")).toMatchObject({
      cap: { amount: "1.00" },
      spent: { amount: "0.5" },
      reached: false,
    });
    const answers = await Promise.all(Array.from({ length: 5 }, () => askGeneration(customer, { hold: true })));
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(2);
    expect(answers.find(({ allowed }) => !allowed)).toMatchObject({ reason: "SPENDING_CAP" });
    expect(await customer.accept(generation())).toMatchObject({ amount: { amount: "0.25" } });
  });

  test("of nothing leaves what is included to be used", async () => {
    const customer = await newCustomer(world, START, "starter");
    await setCap(customer, "0.00");
    await customer.record(generations(99));
    expect(await askGeneration(customer)).toMatchObject({ allowed: true });
    await customer.record(generations(1));
    expect(await askGeneration(customer)).toMatchObject({ allowed: false, reason: "SPENDING_CAP" });
    await setCap(customer, null);
    expect(await askGeneration(customer)).toMatchObject({ allowed: true });
  });

  test("finer than a cent or below zero is refused in words", async () => {
    const customer = await newCustomer(world, START);
    for (const cap of ["0.001", "-1", "1000000000.01"]) {
      const { errors } = await customer.owner.ask(
        `mutation($cap: Decimal) { setSpendingCap(input: { cap: $cap }) { reached } }`,
        { cap },
      );
      expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
  });
});

describe("a limit on the rate", () => {
  test("counts what was allowed, and says when to ask again", async () => {
    const customer = await newCustomer(world, START, "starter");
    const answers = await Promise.all(Array.from({ length: 25 }, () => askGeneration(customer, { hold: true })));
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(20);
    const refused = answers.find(({ allowed }) => !allowed);
    expect(refused?.reason).toBe("RATE_LIMITED");
    expect(refused?.retryAfterSeconds).toBeGreaterThan(0);
    expect(await heldTwice(customer)).toEqual(["20", "20"]);
  });

  test("that a larger plan brings holds from the next question on", async () => {
    const customer = await newCustomer(world, START, "starter");
    await Promise.all(Array.from({ length: 20 }, () => askGeneration(customer)));
    expect(await askGeneration(customer)).toMatchObject({ reason: "RATE_LIMITED" });
    await customer.agree("professional");
    expect(await askGeneration(customer)).toMatchObject({ allowed: true });
  });
});

describe("a decision", () => {
  test("names the right that is missing", async () => {
    const customer = await newCustomer(world, START);
    expect(await askGeneration(customer, { requires: ["custom_models"] })).toMatchObject({ reason: "NOT_ENTITLED" });
  });

  test("is no while the subscription is paused", async () => {
    const customer = await newCustomer(world, START, "starter");
    await inPlatformTransaction(world.platform.pool, (sql) =>
      sql("update subscriptions set status = 'PAUSED' where organization_id = $1", [customer.id]),
    );
    expect(await askGeneration(customer, { hold: true })).toMatchObject({ reason: "SUBSCRIPTION_INACTIVE" });
  });

  test("on trial has no limit and costs nothing", async () => {
    const customer = await newCustomer(world, START);
    await customer.startTrial("STARTER");
    await customer.record(generations(200));
    expect(await askGeneration(customer, { hold: true, requires: ["custom_templates"] })).toMatchObject({
      allowed: true,
      remaining: null,
      estimatedAmount: { amount: "0" },
    });
  });

  test("after a period has ended counts in the one that follows", async () => {
    const customer = await newCustomer(world, START);
    await customer.record(generations(10));
    expect(await askGeneration(customer)).toMatchObject({ allowed: false });
    world.setClock("2026-04-01T00:00:00Z");
    expect(await askGeneration(customer)).toMatchObject({
      allowed: true,
      remaining: "10",
      resetAt: "2026-05-01T00:00:00.000Z",
    });
  });

  test("that is malformed is refused in words", async () => {
    const customer = await newCustomer(world, START);
    for (const input of [
      { action: "GENERATION" },
      { action: "API_CALL", quantity: "1.5" },
      { action: "STORAGE", storageBytes: "1", hold: true },
      { action: "EXPORT", holdSeconds: 0 },
    ]) {
      const { errors } = await customer.key.ask(
        `mutation($input: AuthorizeUsageInput!) { authorizeUsage(input: $input) { allowed } }`,
        { input },
      );
      expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
  });

  test("for an organization that a service key does not find is NOT_FOUND", async () => {
    const service = await world.serviceKey();
    const { errors } = await service.ask(
      `mutation { authorizeUsage(input: { organizationId: "01920000-0000-7000-8000-000000000000", action: EXPORT, hold: true }) { allowed } }`,
    );
    expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  });
});
