import { beforeAll, describe, expect, test } from "vitest";
import { apiCalls } from "../../../test/customer.ts";
import {
  choose,
  counted,
  meteredPayer,
  reports,
  routeOf,
  routesOf,
  toNextPeriod,
  upcomingTotal,
} from "../../../test/metered.ts";
import { newPayer } from "../../../test/payer.ts";
import { newStripeWorld, type StripeWorld } from "../../../test/stripe-world.ts";
import { DAY_MS } from "../../kernel/clock.ts";

let world: StripeWorld;
beforeAll(async () => {
  world = await newStripeWorld();
});

describe("no usage is lost when a meter has no line to bill it", () => {
  test("since the subscription is canceled in the middle of a period", async () => {
    const payer = await meteredPayer(world);
    await payer.record([apiCalls(20_000)]);
    await world.pass(DAY_MS);
    await payer.tryCancel(false);
    await world.settle();
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "10.00" } });
    expect(await routesOf(payer)).toEqual(["api_calls invoice_item INVOICED"]);
    expect(await reports(payer)).toEqual([]);
    expect(await payer.alarms()).toEqual([]);
  });

  test("since it ends with its period", async () => {
    const payer = await meteredPayer(world);
    await payer.record([apiCalls(20_000)]);
    await payer.tryCancel(true);
    await toNextPeriod(payer);
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "10.00" } });
    expect(await routesOf(payer)).toEqual(["api_calls invoice_item INVOICED"]);
    expect(await payer.alarms()).toEqual([]);
  });

  test("since somebody took its price off the subscription again and again; it comes back with the next period", async () => {
    const payer = await meteredPayer(world);
    await payer.record([apiCalls(20_000)]);
    for (const comesBack of [true, false]) {
      const { id, items } = await payer.stripeSubscription();
      const metered = items.data.find(({ price }) => price.recurring?.usage_type === "metered");
      await world.stripe.subscriptions.update(id, {
        items: [{ id: metered!.id, deleted: true }],
        proration_behavior: "none",
      });
      await world.settle();
      expect(await routeOf(payer, "api_calls")).toMatchObject({ route: "STRIPE_METER", atStripe: comesBack });
    }
    await toNextPeriod(payer);
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "109.00" } });
    expect(await routesOf(payer)).toEqual(["api_calls invoice_item INVOICED"]);
    expect(await routeOf(payer, "api_calls")).toMatchObject({ route: "STRIPE_METER", atStripe: true });
    await payer.record([{ ...apiCalls(20_000), idempotencyKey: "later" }]);
    await toNextPeriod(payer);
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "109.00" } });
    expect(await counted(payer, "api_calls")).toBe(1_000);
    expect(await payer.alarms()).toEqual([]);
  });

  test("since the periods before were paused: the newest goes by the meter, the older by an item", async () => {
    const payer = await meteredPayer(world);
    await payer.record([apiCalls(20_000)]);
    await payer.tryPause();
    await toNextPeriod(payer);
    expect(await routesOf(payer)).toEqual([]);
    await payer.tryResume();
    await payer.record([{ ...apiCalls(20_000), idempotencyKey: "after" }]);
    await toNextPeriod(payer);
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "119.00" } });
    expect((await routesOf(payer)).toSorted()).toEqual([
      "api_calls invoice_item INVOICED",
      "api_calls stripe_meter INVOICED",
    ]);
    expect(await counted(payer, "api_calls")).toBe(1_000);
    expect(await payer.alarms()).toEqual([]);
  });
});

describe("a change of plan leaves the meters beside it alone", () => {
  test("an upgrade costs what was shown, and the renewal is the ledger's", async () => {
    const payer = await meteredPayer(world);
    await payer.record([apiCalls(20_000)]);
    await world.pass(10 * DAY_MS);
    const { quoteId, dueNow } = await payer.preview("PROFESSIONAL");
    expect(await payer.tryChange("PROFESSIONAL", { quoteId })).toMatchObject({ plan: { code: "PROFESSIONAL" } });
    await world.settle();
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: dueNow });
    const due = await upcomingTotal(payer);
    await toNextPeriod(payer);
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: due } });
    expect(await routesOf(payer)).toEqual(["api_calls stripe_meter INVOICED"]);
    expect(await payer.alarms()).toEqual([]);
  });

  test("a downgrade at the period's end keeps them, and meanwhile no route is chosen", async () => {
    const payer = await newPayer(world, "PROFESSIONAL");
    await choose(payer, "api_calls");
    await toNextPeriod(payer);
    await payer.record([apiCalls(120_000)]);
    await payer.tryChange("STARTER", { confirmLosses: true });
    await world.settle();
    expect(await choose(payer, "compute")).toEqual({
      __typename: "UsageRouteRefused",
      message: expect.stringContaining("A change of plan is scheduled"),
    });
    await toNextPeriod(payer);
    expect(await payer.billing()).toMatchObject({ plan: { code: "STARTER" } });
    expect(await routesOf(payer)).toEqual(["api_calls stripe_meter INVOICED"]);
    const [invoice] = await payer.invoices();
    expect(invoice.status).toBe("PAID");
    expect(await routeOf(payer, "api_calls")).toMatchObject({ route: "STRIPE_METER", atStripe: true });
    await payer.record([{ ...apiCalls(20_000), idempotencyKey: "on Starter" }]);
    await toNextPeriod(payer);
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "109.00" } });
    expect(await payer.alarms()).toEqual([]);
  });
});
