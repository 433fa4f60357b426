import { describe, expect, test } from "vitest";
import { type Customer, generation, generations, newCustomer } from "../../test/customer.ts";
import { START } from "../../test/starter.ts";
import { askGeneration, heldTwice, unhurriedWorld } from "../../test/deciding.ts";

const world = await unhurriedWorld();

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
