import { describe, expect, test } from "vitest";
import { after, generation, generations, newCustomer, planInput, publishPlan } from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { defaultCatalog } from "./default-catalog.ts";
import type { PlanTerms } from "./plan-terms.ts";

const MARCH = "2026-03-01T00:00:00.000Z";
const { starter } = defaultCatalog;

/** Starter with other generations. */
const starterWith = (included: string, price: string, change: Partial<PlanTerms> = {}): PlanTerms => ({
  ...starter,
  ...change,
  meters: {
    ...starter.meters,
    generations: { included, prices: { all: { kind: "perUnit", price } }, premiumMultiplier: "2" },
  },
});

const PLANS = `{ plans { code name version monthlyPrice { amount currency } monthlyPriceIsMinimum limitKind support
  included { meter quantity } prices { meter complexity unitPrice { amount } model tiers { upTo unitPrice { amount } } packageSize premiumMultiplier unit } entitlements { key enabled limit value } rateLimits { action perMinute } } }`;

describe("the published catalog", () => {
  test("is for everybody to read, in the order it is sold", async () => {
    const world = await newWorld();
    const { plans } = await world.anyone().get(PLANS);
    expect(plans.map(({ code }: any) => code)).toEqual(["FREE", "STARTER", "PROFESSIONAL", "ENTERPRISE"]);
    expect(plans[0]).toMatchObject({
      name: "Free",
      monthlyPrice: { amount: "0.00", currency: "USD" },
      monthlyPriceIsMinimum: false,
      limitKind: "HARD",
      included: [
        { meter: "generations", quantity: "10" },
        { meter: "api_calls", quantity: "1000" },
        { meter: "storage", quantity: "1" },
        { meter: "compute", quantity: "10" },
      ],
    });
    expect(plans[3]).toMatchObject({
      monthlyPrice: { amount: "2499.00" },
      monthlyPriceIsMinimum: true,
      limitKind: "NONE",
      included: [{ quantity: null }, { quantity: null }, { quantity: null }, { quantity: null }],
    });
    expect(plans[1].prices).toContainEqual({
      meter: "generations",
      complexity: "T1",
      unitPrice: { amount: "0.25" },
      model: "PER_UNIT",
      tiers: [],
      packageSize: null,
      premiumMultiplier: "2",
      unit: "generation",
    });
    expect(plans[1].rateLimits).toEqual([
      { action: "api_calls", perMinute: 300 },
      { action: "generations", perMinute: 20 },
    ]);
  });
});

describe("a new version of a plan", () => {
  test("is what new subscribers get; those who have the plan keep theirs, also through renewals", async () => {
    const world = await newWorld();
    const old = await newCustomer(world, MARCH, "starter");
    const { number = 0 } = await publishPlan(
      old.staff,
      "starter",
      starterWith("2", "7", { name: "Starter 2", monthly: "120" }),
    );
    const fresh = await newCustomer(world, MARCH, "starter");
    expect([await old.subscription(), await fresh.subscription()]).toMatchObject([
      { plan: { version: number - 1 } },
      { plan: { version: number } },
    ]);
    world.setClock(after(MARCH, 65 * DAY_MS));
    for (const [customer, included, amount] of [
      [old, "100", "0.25"],
      [fresh, "2", "7"],
    ] as const) {
      await customer.record(generations(Number(included)));
      expect((await customer.accept(generation({ complexity: "T1" }))).amount.amount).toBe(amount);
      expect((await customer.quotas()).generations.limit).toBe(included);
    }
    expect((await old.upcoming()).lines[0]).toMatchObject({ kind: "FEE", amount: { amount: "99.00" } });
    const { planVersions } = await old.staff.get(
      `{ planVersions(code: STARTER) { number subscriberCount plan { name monthlyPrice { amount } } } }`,
    );
    expect(planVersions.slice(0, 2)).toMatchObject([
      { number, plan: { name: "Starter 2", monthlyPrice: { amount: "120.00" } } },
      { number: number - 1, plan: { name: "Starter" } },
    ]);
    expect(planVersions[0].subscriberCount).toBe(1);
  });

  test("may use every price model, and shows it", async () => {
    const world = await newWorld();
    const staff = await world.staff("FINANCE");
    const terms: PlanTerms = {
      ...starter,
      meters: {
        generations: {
          included: "0",
          prices: {
            T0: { kind: "flat", price: "5" },
            T1: {
              kind: "volume",
              tiers: [
                { upTo: "10", price: "0.2" },
                { upTo: null, price: "0.1" },
              ],
            },
            all: { kind: "perUnit", price: "0.4" },
          },
          premiumMultiplier: "1.5",
        },
        api_calls: {
          included: "0",
          prices: { all: { kind: "package", size: "1000", price: "0.9" } },
          premiumMultiplier: "1",
        },
        storage: {
          included: null,
          prices: {
            all: {
              kind: "graduated",
              tiers: [
                { upTo: "100", price: "0.1" },
                { upTo: null, price: "0.05" },
              ],
            },
          },
          premiumMultiplier: "1",
        },
        compute: {
          included: "0",
          prices: { all: { kind: "perUnit", price: "0.00000000001" } },
          premiumMultiplier: "1",
        },
      },
    };
    expect(await publishPlan(staff, "starter", terms)).toMatchObject({ __typename: "PlanVersion" });
    const { plans } = await world.anyone().get(PLANS);
    const shown = plans
      .find(({ code }: any) => code === "STARTER")
      .prices.map(({ meter, complexity, model, unitPrice, tiers, packageSize }: any) => [
        meter,
        complexity,
        model,
        unitPrice.amount,
        tiers.length,
        packageSize,
      ]);
    expect(shown).toEqual([
      ["generations", "T0", "FLAT", "5", 0, null],
      ["generations", "T1", "VOLUME", "0.2", 2, null],
      ["generations", null, "PER_UNIT", "0.4", 0, null],
      ["api_calls", null, "PACKAGE", "0.9", 0, "1000"],
      ["storage", null, "GRADUATED", "0.1", 2, null],
      ["compute", null, "PER_UNIT", "0.00000000001", 0, null],
    ]);
  });

  test("gets a number of its own when ten are published at once", async () => {
    const world = await newWorld();
    const staff = await world.staff("FINANCE");
    const published = await Promise.all(
      Array.from({ length: 10 }, () => publishPlan(staff, "enterprise", defaultCatalog.enterprise)),
    );
    const numbers = published.map(({ number }) => number ?? 0);
    expect(new Set(numbers).size).toBe(10);
    expect(Math.max(...numbers) - Math.min(...numbers)).toBe(9);
  });

  const right = planInput("starter", starter);
  test.each([
    { why: "a name of nothing", change: { name: " " }, words: "name" },
    {
      why: "an allowance that is missing",
      change: { included: right.included.slice(1) },
      words: "exactly one entry for generations",
    },
    {
      why: "an allowance twice",
      change: { included: [...right.included, right.included[0]] },
      words: "exactly one entry for generations",
    },
    {
      why: "an allowance of no meter",
      change: { included: [...right.included, { meter: "x", quantity: "1" }] },
      words: "no meter x",
    },
    {
      why: "two prices for the same",
      change: { prices: [...right.prices, right.prices[0]] },
      words: "two prices for the same use",
    },
    {
      why: "no price of a meter",
      change: { prices: right.prices.filter(({ meter }) => meter !== "compute") },
      words: "compute needs a price for all",
    },
    {
      why: "a price per call by complexity",
      change: {
        prices: [...right.prices, { meter: "api_calls", complexity: "T0", model: "PER_UNIT", unitPrice: "1" }],
      },
      words: "has no complexity",
    },
    { why: "a negative monthly price", change: { monthlyPrice: "-99" }, words: "monthly price" },
    { why: "a monthly price of broken cents", change: { monthlyPrice: "99.999" }, words: "whole cents" },
    {
      why: "a rate limit of nothing",
      change: { rateLimits: [{ action: "api_calls", perMinute: 0 }] },
      words: "rate limit of api_calls",
    },
    {
      why: "a rate limit of what is not limited",
      change: { rateLimits: [{ action: "dreams", perMinute: 5 }] },
      words: "rate limit of dreams",
    },
  ])("is refused in words for $why, and nothing is published", async ({ change, words }) => {
    const world = await newWorld();
    const staff = await world.staff("FINANCE");
    const before = await world.anyone().get(PLANS);
    const { publishPlanVersion } = await staff.get(
      `mutation($input: PublishPlanVersionInput!) { publishPlanVersion(input: $input) { __typename ... on Refusal { message } } }`,
      { input: { ...right, ...change } },
    );
    expect(publishPlanVersion).toEqual({ __typename: "InvalidCatalog", message: expect.stringContaining(words) });
    expect(await world.anyone().get(PLANS)).toEqual(before);
  });

  test("is published by finance and administrators only", async () => {
    const world = await newWorld();
    const { owner } = await world.organization();
    for (const [asker, code] of [
      [world.anyone(), "UNAUTHENTICATED"],
      [owner, "FORBIDDEN"],
      [await world.staff("SUPPORT"), "FORBIDDEN"],
    ] as const) {
      const { errors } = await asker.ask(
        `mutation($input: PublishPlanVersionInput!) { publishPlanVersion(input: $input) { __typename } }`,
        { input: right },
      );
      expect(errors![0]!.extensions.code).toBe(code);
    }
  });
});
