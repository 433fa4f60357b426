import { describe, expect, test } from "vitest";
import { after, apiCalls, generation, newCustomer } from "../../test/customer.ts";
import { START } from "../../test/starter.ts";
import { expireHoldsJob } from "./expire-holds.job.ts";
import { askGeneration, heldTwice, release, settle, unhurriedWorld } from "../../test/deciding.ts";

const world = await unhurriedWorld();

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
