import { describe, expect, test } from "vitest";
import { apiCalls, generations, newCustomer } from "../../test/customer.ts";
import { START } from "../../test/starter.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { createPlatform } from "../app/create-platform.ts";
import { authorizeUsage } from "./authorize-usage.ts";
import { readWork } from "./read-work.ts";
import { askGeneration, authorize, heldTwice, unhurriedWorld } from "../../test/deciding.ts";

const world = await unhurriedWorld();

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

  test.each([{ hold: true }, { hold: false }])(
    "after a period has ended counts in the one that follows, with what was recorded for it already (%o)",
    async (how) => {
      const customer = await newCustomer(world, START);
      world.setClock("2026-03-31T23:58:00Z");
      await customer.record(generations(10));
      const early = generations(1, { occurredAt: "2026-04-01T00:01:00Z" });
      expect(await customer.record(early)).toMatchObject([{ status: "ACCEPTED" }]);
      expect(await askGeneration(customer, how)).toMatchObject({ allowed: false });
      world.setClock("2026-04-01T00:02:00Z");
      expect(await askGeneration(customer, how)).toMatchObject({
        allowed: true,
        remaining: how.hold ? "8" : "9",
        resetAt: "2026-05-01T00:00:00.000Z",
      });
    },
  );

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
