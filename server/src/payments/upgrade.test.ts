import { describe, expect, test } from "vitest";
import { generations } from "../../test/customer.ts";
import { centsOf, newPayer, sumOf } from "../../test/payer.ts";
import { cards, newStripeWorld, payOnPage } from "../../test/stripe-world.ts";
import { DAY_MS, MINUTE_MS } from "../kernel/clock.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";

describe("an upgrade", () => {
  test("costs to the cent what its preview said, prorated by the second, and is in force at once", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await world.pass(11 * DAY_MS + 12_345_000);
    const before = await payer.billing();

    const preview = await payer.preview("PROFESSIONAL");
    expect(preview).toMatchObject({
      kind: "UPGRADE",
      plan: { code: "PROFESSIONAL" },
      losses: [],
      mustConfirmLosses: false,
    });
    expect(preview.lines.map(({ kind }: any) => kind)).toEqual(["PRORATION", "PRORATION"]);
    expect(sumOf(preview.lines)).toBe(centsOf(preview.dueNow));
    // 400 dollars for a month, of which less than a third has passed.
    expect(centsOf(preview.dueNow)).toBeGreaterThan(20_000);
    expect(centsOf(preview.dueNow)).toBeLessThan(28_000);

    await world.pass(10 * MINUTE_MS);
    expect(await payer.tryChange("PROFESSIONAL", { quoteId: preview.quoteId })).toMatchObject({
      __typename: "Subscription",
      status: "ACTIVE",
      plan: { code: "PROFESSIONAL" },
      currentPeriodStart: before.currentPeriodStart,
      currentPeriodEnd: before.currentPeriodEnd,
      pendingUpgrade: null,
    });
    const [invoice] = await payer.invoices();
    expect(invoice).toMatchObject({ status: "PAID", reason: "subscription_update", total: preview.dueNow });
    expect(invoice.lines.map((line: any) => line.amount)).toEqual(preview.lines.map((line: any) => line.amount));
    await world.settle();
    expect((await payer.billing()).plan.code).toBe("PROFESSIONAL");
    expect(await payer.alarms()).toEqual([]);
    expect(await payer.invoices()).toHaveLength(2);
  });

  test("keeps the units that were used, and gives the new allowance for the whole period", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await payer.record(generations(103));
    expect((await payer.quotas()).generations).toMatchObject({ used: "103", limit: "100", remaining: "0" });
    const { total } = await payer.usage();
    expect(total.amount).toBe("0.75");

    expect(await payer.tryChange("PROFESSIONAL")).toMatchObject({ plan: { code: "PROFESSIONAL" } });
    expect((await payer.quotas()).generations).toMatchObject({ used: "103", limit: "1000", remaining: "897" });
    await payer.record(generations(5));
    // What was past the allowance when it was recorded stays so; the five that follow are included.
    expect((await payer.usage()).total.amount).toBe("0.75");
    await world.advance(new Date(Date.parse((await payer.billing()).currentPeriodEnd) + 1_000));
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "499.75" } });
  });

  test("whose payment fails changes nothing, and paying its invoice later applies it", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await world.pass(5 * DAY_MS);
    await payer.chargeTo("pm_card_chargeCustomerFail");
    const before = await payer.billing();
    const preview = await payer.preview("PROFESSIONAL");

    const refused = await payer.tryChange("PROFESSIONAL", { quoteId: preview.quoteId });
    expect(refused).toMatchObject({
      __typename: "PaymentFailed",
      message: expect.stringMatching(/declined.*The plan is as it was/),
      hostedUrl: expect.stringMatching(/^http/),
    });
    await world.settle();
    const waiting = await payer.billing();
    expect(waiting).toMatchObject({
      ...before,
      pendingUpgrade: { plan: { code: "PROFESSIONAL" }, hostedUrl: refused.hostedUrl },
    });
    expect((await payer.quotas()).generations.limit).toBe("100");
    expect((await payer.invoices())[0]).toMatchObject({ status: "OPEN", total: preview.dueNow });

    await payOnPage(refused.hostedUrl, cards.good);
    await world.settle();
    expect(await payer.billing()).toMatchObject({
      plan: { code: "PROFESSIONAL" },
      pendingUpgrade: null,
      status: "ACTIVE",
    });
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", amountPaid: preview.dueNow });
  });

  test("that the bank wants confirmed waits for that, and is applied by it", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await payer.chargeTo("pm_card_authenticationRequired");
    const preview = await payer.preview("PROFESSIONAL");
    const waiting = await payer.tryChange("PROFESSIONAL", { quoteId: preview.quoteId });
    expect(waiting).toMatchObject({ __typename: "PaymentFailed", message: expect.stringContaining("confirm") });
    expect((await payer.billing()).plan.code).toBe("STARTER");
    await payer.confirmPayment(waiting.hostedUrl);
    expect(await payer.billing()).toMatchObject({ plan: { code: "PROFESSIONAL" }, pendingUpgrade: null });
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", amountPaid: preview.dueNow });
  });

  test("waits for a renewal that is not paid", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await payer.chargeTo("pm_card_chargeCustomerFail");
    await world.advance(new Date(Date.parse((await payer.billing()).currentPeriodEnd) + DAY_MS / 2));
    expect((await payer.billing()).status).toBe("PAST_DUE");
    const [renewal] = await payer.invoices();
    expect(await payer.tryChange("PROFESSIONAL")).toMatchObject({
      __typename: "PaymentFailed",
      message: expect.stringContaining("not paid yet"),
      hostedUrl: renewal.hostedUrl,
    });
    await payOnPage(renewal.hostedUrl, cards.good);
    await payer.chargeTo("pm_card_visa");
    expect(await payer.tryChange("PROFESSIONAL")).toMatchObject({ plan: { code: "PROFESSIONAL" }, status: "ACTIVE" });
  });

  test("keeps a scheduled cancellation", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await payer.tryCancel(true);
    const { cancelAt } = await payer.billing();
    expect(await payer.preview("PROFESSIONAL")).toMatchObject({ nextInvoice: { amount: "0.00" } });
    expect(await payer.tryChange("PROFESSIONAL")).toMatchObject({ plan: { code: "PROFESSIONAL" }, cancelAt });
  });

  test("that is never paid is dropped, and nothing is owed", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await payer.chargeTo("pm_card_chargeCustomerFail");
    expect(await payer.tryChange("PROFESSIONAL")).toMatchObject({ __typename: "PaymentFailed" });
    await world.pass(2 * DAY_MS);
    expect(await payer.billing()).toMatchObject({ plan: { code: "STARTER" }, status: "ACTIVE", pendingUpgrade: null });
    expect((await payer.invoices())[0].status).toBe("VOID");
  });

  test("is paid from credit on the balance first, as its preview says", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await world.pass(10 * DAY_MS);
    const plain = await payer.preview("PROFESSIONAL");
    await world.stripe.customers.createBalanceTransaction((await payer.stripeCustomer()).id, {
      amount: -5_000,
      currency: "usd",
    });
    await world.settle();
    const preview = await payer.preview("PROFESSIONAL");
    expect(preview.lines.at(-1)).toMatchObject({ kind: "CREDIT", amount: { amount: "-50.00" } });
    expect(sumOf(preview.lines)).toBe(centsOf(preview.dueNow));
    expect(centsOf(plain.dueNow) - centsOf(preview.dueNow)).toBeGreaterThanOrEqual(5_000);
    await payer.tryChange("PROFESSIONAL", { quoteId: preview.quoteId });
    expect((await payer.invoices())[0]).toMatchObject({
      status: "PAID",
      amountDue: preview.dueNow,
      amountPaid: preview.dueNow,
    });
    expect(await payer.alarms()).toEqual([]);
  });

  test("that is invoiced otherwise than it was shown raises an alarm", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    const { quoteId } = await payer.preview("PROFESSIONAL");
    await inTenantTransaction(world.platform.pool, payer.id, (sql) =>
      sql("update plan_quotes set due_now_minor = due_now_minor - 1 where organization_id = $1", [payer.id]),
    );
    await payer.tryChange("PROFESSIONAL", { quoteId });
    expect(await payer.alarms()).toMatchObject([
      { kind: "quote", message: expect.stringContaining("was shown to cost") },
    ]);
  });

  test("that Stripe does not answer is finished by itself, once", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    const { quoteId, dueNow } = await payer.preview("PROFESSIONAL");
    await world.faults([{ match: "POST /v1/subscriptions", kind: "status", status: 500, after: true, times: 9 }]);
    expect(await payer.tryChange("PROFESSIONAL", { quoteId })).toMatchObject({
      fault: "UPSTREAM_UNAVAILABLE",
      message: expect.stringContaining("goes on by itself"),
    });
    await payer.endFaults();
    await world.settle();
    expect((await payer.billing()).plan.code).toBe("PROFESSIONAL");
    expect(await payer.tryChange("PROFESSIONAL", { quoteId })).toMatchObject({ __typename: "AlreadyOnPlan" });
    const invoices = await payer.invoices();
    expect(invoices).toHaveLength(2);
    expect(invoices[0]).toMatchObject({ status: "PAID", total: dueNow });
  });

  test("twice at once has one effect, and the other is told", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    const answers = await Promise.all([payer.tryChange("PROFESSIONAL"), payer.tryChange("PROFESSIONAL")]);
    expect(answers.filter(({ __typename }) => __typename === "Subscription")).toHaveLength(1);
    const other = answers.find(({ __typename }) => __typename !== "Subscription");
    expect(other.fault ?? other.__typename).toMatch(/^(CONFLICT|AlreadyOnPlan)$/);
    await world.settle();
    expect((await payer.billing()).plan.code).toBe("PROFESSIONAL");
    expect(await payer.invoices()).toHaveLength(2);
    expect(await payer.tryChange("PROFESSIONAL")).toMatchObject({ __typename: "AlreadyOnPlan" });
  });
});

describe("a quote that does not hold any more charges nothing", () => {
  test("after fifteen minutes, for another plan, and a second time", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    const old = await payer.preview("PROFESSIONAL");
    await world.pass(15 * MINUTE_MS);
    expect(await payer.tryChange("PROFESSIONAL", { quoteId: old.quoteId })).toMatchObject({
      fault: "CONFLICT",
      message: expect.stringContaining("ask for a new preview"),
    });
    const toFree = await payer.preview("FREE");
    expect(await payer.tryChange("PROFESSIONAL", { quoteId: toFree.quoteId })).toMatchObject({ fault: "CONFLICT" });
    const other = await newPayer(world);
    expect(await other.tryChange("STARTER", { quoteId: toFree.quoteId })).toMatchObject({ fault: "NOT_FOUND" });
    expect(await payer.billing()).toMatchObject({ plan: { code: "STARTER" } });
    expect(await payer.invoices()).toHaveLength(1);

    await payer.chargeTo("pm_card_chargeCustomerFail");
    const failing = await payer.preview("PROFESSIONAL");
    expect(await payer.tryChange("PROFESSIONAL", { quoteId: failing.quoteId })).toMatchObject({
      __typename: "PaymentFailed",
    });
    expect(await payer.tryChange("PROFESSIONAL", { quoteId: failing.quoteId })).toMatchObject({
      fault: "CONFLICT",
      message: expect.stringContaining("used already"),
    });
  });
});

describe("from Free", () => {
  test("a card on file starts a plan at the price that was shown", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await payer.tryCancel(false);
    const preview = await payer.preview("PROFESSIONAL");
    expect(preview).toMatchObject({ kind: "START", dueNow: { amount: "499.00" }, needsPaymentMethod: false });
    expect(await payer.tryChange("PROFESSIONAL", { quoteId: preview.quoteId })).toMatchObject({
      __typename: "Subscription",
      plan: { code: "PROFESSIONAL" },
      paymentMethod: { brand: "visa", last4: "4242" },
    });
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "499.00" } });
  });

  test("without a card the answer is a page to enter one on, and nothing is charged", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world);
    const preview = await payer.preview("STARTER");
    expect(preview).toMatchObject({ kind: "START", dueNow: { amount: "99.00" }, needsPaymentMethod: true });
    const answer = await payer.tryChange("STARTER", { quoteId: preview.quoteId });
    expect(answer).toMatchObject({
      __typename: "PaymentFailed",
      message: expect.stringContaining("no payment method"),
    });
    expect((await payer.billing()).plan.code).toBe("FREE");
    await payOnPage(answer.hostedUrl, cards.good);
    await world.settle();
    expect((await payer.billing()).plan.code).toBe("STARTER");
  });

  test("a declined card leaves it on Free, with a page to pay on", async () => {
    const world = await newStripeWorld();
    const payer = await newPayer(world, "STARTER");
    await payer.tryCancel(false);
    await payer.chargeTo("pm_card_chargeCustomerFail");
    expect(await payer.tryChange("STARTER")).toMatchObject({
      __typename: "PaymentFailed",
      message: expect.stringContaining("declined"),
      hostedUrl: expect.stringMatching(/^http/),
    });
    await world.settle();
    expect((await payer.billing()).plan.code).toBe("FREE");
  });
});

test("Free to Free, the plan in force and a plan by agreement are no changes", async () => {
  const world = await newStripeWorld();
  const payer = await newPayer(world);
  expect(await payer.preview("FREE")).toMatchObject({ __typename: "AlreadyOnPlan" });
  expect(await payer.tryChange("ENTERPRISE")).toMatchObject({
    fault: "BAD_USER_INPUT",
    message: expect.stringContaining("agreement"),
  });
});
