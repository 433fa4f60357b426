import { describe, expect, test } from "vitest";
import { after, apiCalls, generation, generations, newCustomer, priceInput } from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";
import { MINUTE_MS } from "../kernel/clock.ts";

const MARCH = "2026-03-01T00:00:00.000Z";

/** A customer on Starter that has used up what it has. */
async function past() {
  const world = await newWorld();
  const customer = await newCustomer(world, MARCH, "starter");
  await customer.record([...generations(100), apiCalls(10_000)]);
  return { world, customer };
}

describe("a price of a customer's own", () => {
  test("holds for what is accepted from then on, for this customer only", async () => {
    const { customer, world } = await past();
    const other = await newCustomer(world, MARCH, "starter");
    await other.record(generations(100));
    const before = await customer.accept(generation({ complexity: "T3" }));
    expect(await customer.overridePrice("generations", "T3", { kind: "perUnit", price: "0.8" })).toMatchObject({
      __typename: "Subscription",
      priceOverrides: [
        {
          note: "Agreed by phone",
          price: { meter: "generations", complexity: "T3", unitPrice: { amount: "0.8" }, model: "PER_UNIT" },
        },
      ],
    });
    expect((await customer.accept(generation({ complexity: "T3" }))).amount.amount).toBe("0.8");
    expect((await customer.accept(generation({ complexity: "T3", model: "gpt-4" }))).amount.amount).toBe("1.6");
    expect((await customer.accept(generation({ complexity: "T2" }))).amount.amount).toBe("0.5");
    expect((await other.accept(generation({ complexity: "T3" }))).amount.amount).toBe("1");
    expect(before.amount.amount).toBe("1");
    expect((await customer.usage()).meters.generations.amount.amount).toBe("3.9");
  });

  test("replaces an earlier one for the same use, and goes when it is removed", async () => {
    const { customer, world } = await past();
    await customer.overridePrice("api_calls", "all", { kind: "perUnit", price: "0.01" });
    world.setClock(after(MARCH, MINUTE_MS));
    const { priceOverrides } = await customer.overridePrice("api_calls", "all", {
      kind: "package",
      size: "1000",
      price: "0.5",
    });
    expect(priceOverrides).toHaveLength(1);
    expect((await customer.accept(apiCalls(1))).amount.amount).toBe("0.5");
    expect((await customer.accept(apiCalls(999))).amount.amount).toBe("0");
    const remove = `mutation($input: RemovePriceOverrideInput!) { removePriceOverride(input: $input) { ... on Subscription { priceOverrides { id } } } }`;
    const input = { organizationId: customer.id, id: priceOverrides[0].id };
    expect((await customer.staff.get(remove, { input })).removePriceOverride.priceOverrides).toEqual([]);
    expect((await customer.accept(apiCalls(1))).amount.amount).toBe("0.001");
    expect((await customer.staff.ask(remove, { input })).errors![0]!.extensions.code).toBe("NOT_FOUND");
  });

  test("stays through a change of plan", async () => {
    const { customer, world } = await past();
    await customer.overridePrice("api_calls", "all", { kind: "perUnit", price: "0.0005" });
    world.setClock(after(MARCH, MINUTE_MS));
    await customer.agree("professional");
    await customer.record([apiCalls(100_000)]);
    expect((await customer.accept(apiCalls(10))).amount.amount).toBe("0.005");
  });

  test.each([
    {
      why: "a meter that there is not",
      price: { ...priceInput("api_calls", "all", { kind: "perUnit", price: "1" }), meter: "bandwidth" },
      words: "There is no meter bandwidth",
    },
    {
      why: "a complexity of calls",
      price: priceInput("api_calls", "T0", { kind: "perUnit", price: "1" }),
      words: "has no complexity",
    },
    {
      why: "a model without its fields",
      price: { meter: "api_calls", model: "PACKAGE", unitPrice: "1" },
      words: "needs packageSize",
    },
    {
      why: "tiers without an end",
      price: priceInput("api_calls", "all", { kind: "graduated", tiers: [{ upTo: "5", price: "1" }] }),
      words: "open tier",
    },
    {
      why: "a price below zero",
      price: priceInput("api_calls", "all", { kind: "perUnit", price: "-1" }),
      words: "from 0 to",
    },
    {
      why: "a premium factor, which is the plan's",
      price: priceInput("generations", "T0", { kind: "perUnit", price: "1" }, "3"),
      words: "premium multiplier is the plan's",
    },
  ])("is refused in words for $why", async ({ price, words }) => {
    const { customer } = await past();
    const { setPriceOverride } = await customer.staff.get(
      `mutation($input: SetPriceOverrideInput!) { setPriceOverride(input: $input) { __typename ... on Refusal { message } } }`,
      { input: { organizationId: customer.id, price, note: "By phone" } },
    );
    expect(setPriceOverride).toMatchObject({ __typename: "InvalidCatalog", message: expect.stringContaining(words) });
    expect((await customer.accept(apiCalls(1))).amount.amount).toBe("0.001");
  });

  test.each([
    { change: { note: " " }, code: "BAD_USER_INPUT" },
    { change: { note: "n".repeat(501) }, code: "BAD_USER_INPUT" },
    { change: { organizationId: "acme" }, code: "NOT_FOUND" },
    { change: { organizationId: "01920000-0000-7000-8000-000000000000" }, code: "NOT_FOUND" },
  ])("is refused with $code for $change", async ({ change, code }) => {
    const { customer } = await past();
    const input = {
      organizationId: customer.id,
      price: priceInput("api_calls", "all", { kind: "perUnit", price: "1" }),
      note: "By phone",
      ...change,
    };
    const { errors } = await customer.staff.ask(
      `mutation($input: SetPriceOverrideInput!) { setPriceOverride(input: $input) { __typename } }`,
      { input },
    );
    expect(errors![0]!.extensions.code).toBe(code);
  });
});
