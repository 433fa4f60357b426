import { describe, expect, test } from "vitest";
import { generations } from "../../test/customer.ts";
import { centsOf, newPayer, type Payer } from "../../test/payer.ts";
import { cards, newStripeWorld, payOnPage } from "../../test/stripe-world.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { majorFromMinor } from "../kernel/money.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";

/** The midnight with which day `day` after the first payment begins. */
async function dayAfterPayment(payer: Payer, day: number): Promise<number> {
  const first = (await payer.invoices()).at(-1);
  return Math.floor(Date.parse(first.createdAt) / DAY_MS) * DAY_MS + day * DAY_MS;
}

/** What was paid, in the major unit. */
const paidBy = async (payer: Payer): Promise<string> =>
  majorFromMinor((await payer.invoices()).reduce((sum, { amountPaid }) => sum + BigInt(centsOf(amountPaid)), 0n));

const chargesOf = ({ world, id }: Payer) =>
  inTenantTransaction(world.platform.pool, id, (sql) =>
    sql<{ state: string; excluded_reason: string | null }>(
      "select state, excluded_reason from usage_charges where organization_id = $1 order by created_at, id",
      [id],
    ),
  );

describe("the money-back guarantee", () => {
  test("gives back all that was paid by credit notes, ends the plan at once, and bills nothing more", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await world.pass(3 * DAY_MS);
    await payer.tryChange("PROFESSIONAL");
    await payer.record(generations(1_000));
    await payer.record(generations(4));
    await world.pass(DAY_MS);
    const paid = await paidBy(payer);
    expect((await payer.billing()).moneyBackUntil).toBe(new Date(await dayAfterPayment(payer, 31)).toISOString());

    const answer = await payer.tryClaim("Not what we need");
    expect(answer).toMatchObject({
      __typename: "MoneyBack",
      refunded: { amount: paid },
      subscription: { plan: { code: "FREE" }, status: "ACTIVE", moneyBackUntil: null },
    });
    await world.settle();
    const invoices = await payer.invoices();
    expect(invoices).toHaveLength(2);
    for (const { status, total, refunded, credited } of invoices) {
      expect(status).toBe("PAID");
      expect(refunded).toEqual(total);
      expect(credited).toEqual(total);
    }
    const customer = (await payer.stripeCustomer()).id;
    const notes = (await world.stripe.creditNotes.list({ customer })).data;
    expect(notes.reduce((sum, { amount }) => sum + amount, 0)).toBe(centsOf({ amount: paid }));
    expect(
      (await world.stripe.subscriptions.list({ customer, status: "all" })).data.map(({ status }) => status),
    ).toEqual(["canceled"]);
    expect(await chargesOf(payer)).toEqual([{ state: "EXCLUDED", excluded_reason: "Money-back guarantee" }]);

    await world.pass(40 * DAY_MS);
    expect(await payer.invoices()).toHaveLength(2);
    expect(await payer.billing()).toMatchObject({ plan: { code: "FREE" } });
    expect(await payer.alarms()).toEqual([]);
  });

  test("holds to the last seconds of day 30 and not on day 31", async () => {
    const world = await newStripeWorld();
    const [early, late] = [await newPayer(world, "STARTER"), await newPayer(world, "STARTER")];
    // The sandbox's time flows while the test asks.
    await world.advance(new Date((await dayAfterPayment(early, 31)) - 20_000));
    const amount = await paidBy(early);
    expect(await early.tryClaim()).toMatchObject({ __typename: "MoneyBack", refunded: { amount } });
    await world.pass(20_000);
    expect((await late.billing()).moneyBackUntil).toBeNull();
    expect(await late.tryClaim()).toMatchObject({
      __typename: "MoneyBackNotDue",
      message: expect.stringContaining("ended"),
    });
    expect(await late.billing()).toMatchObject({ plan: { code: "STARTER" } });
  });

  test("is there once, also for who comes back; two claims at once have one effect", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    const answers = await Promise.all([payer.tryClaim(), payer.tryClaim()]);
    expect(answers.filter(({ __typename }) => __typename === "MoneyBack")).toHaveLength(1);
    const other = answers.find(({ __typename }) => __typename !== "MoneyBack");
    expect(other.fault ?? other.__typename).toMatch(/^(CONFLICT|MoneyBackNotDue)$/);
    await world.settle();
    const customer = (await payer.stripeCustomer()).id;
    expect((await world.stripe.creditNotes.list({ customer })).data).toHaveLength(1);

    await payOnPage(await world.openCheckout(payer.owner, "STARTER"), cards.good);
    await world.settle();
    expect(await payer.billing()).toMatchObject({ plan: { code: "STARTER" }, moneyBackUntil: null });
    expect(await payer.tryClaim()).toMatchObject({
      __typename: "MoneyBackNotDue",
      message: expect.stringContaining("once"),
    });
    expect(await payer.billing()).toMatchObject({ plan: { code: "STARTER" } });
  });

  test("is nothing for who has paid nothing, on Free or in a trial", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world);
    expect(await payer.tryClaim()).toMatchObject({
      __typename: "MoneyBackNotDue",
      message: expect.stringContaining("paid"),
    });
    await payer.startTrial();
    await world.settle();
    expect(await payer.tryClaim()).toMatchObject({ __typename: "MoneyBackNotDue" });
    expect(await payer.billing()).toMatchObject({ status: "TRIALING", moneyBackUntil: null });
  });

  test("voids what is unpaid: an upgrade that waits for its payment is dropped", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await payer.chargeTo("pm_card_chargeCustomerFail");
    expect(await payer.tryChange("PROFESSIONAL")).toMatchObject({ __typename: "PaymentFailed" });
    expect(await payer.tryClaim()).toMatchObject({ __typename: "MoneyBack", refunded: { amount: "99.00" } });
    await world.settle();
    expect((await payer.invoices()).map(({ status }) => status)).toEqual(["VOID", "PAID"]);
    expect(await payer.billing()).toMatchObject({ plan: { code: "FREE" }, pendingUpgrade: null });
  });

  test("that is decided while Stripe is away is carried out when it is back, once", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await world.faults([{ match: "POST /v1/credit_notes", kind: "status", status: 500, after: true, times: 9 }]);
    expect(await payer.tryClaim()).toMatchObject({ fault: "UPSTREAM_UNAVAILABLE" });
    await payer.endFaults();
    await world.settle();
    const customer = (await payer.stripeCustomer()).id;
    expect((await world.stripe.creditNotes.list({ customer })).data).toHaveLength(1);
    expect(await payer.billing()).toMatchObject({ plan: { code: "FREE" } });
    expect((await payer.invoices())[0]).toMatchObject({ refunded: { amount: "99.00" } });
    expect(await payer.tryClaim()).toMatchObject({ __typename: "MoneyBackNotDue" });
  });
});

test("a refund that comes back from the bank opens the claim again, for staff to see", async () => {
  const world = await newStripeWorld();
  const payer = await newPayer(world);
  await payOnPage(await world.openCheckout(payer.owner, "STARTER"), "4000000000005126");
  await world.settle();
  expect(await payer.tryClaim()).toMatchObject({ __typename: "MoneyBack", refunded: { amount: "99.00" } });
  await world.pass(10 * DAY_MS);
  expect(await payer.alarms()).toMatchObject([{ kind: "money-back", message: expect.stringContaining("failed") }]);
  expect((await payer.invoices())[0]).toMatchObject({ refunded: { amount: "0.00" } });
});

test("staff claim for a customer by name; nobody else's people can", async () => {
  const world = await newStripeWorld();
  const [payer, stranger] = [await newPayer(world, "STARTER"), await newPayer(world)];
  const claim = `mutation($input: ClaimMoneyBackInput!) { claimMoneyBack(input: $input) { __typename } }`;
  const input = { organizationId: payer.id };
  expect((await stranger.owner.ask(claim, { input })).errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  const support = await world.staff("SUPPORT");
  expect((await support.ask(claim, { input })).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  const finance = await world.staff("FINANCE");
  expect((await finance.ask(claim, { input: {} })).errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  expect((await finance.get(claim, { input })).claimMoneyBack.__typename).toBe("MoneyBack");
  expect((await payer.billing()).plan.code).toBe("FREE");
});
