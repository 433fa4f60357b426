import { beforeAll, describe, expect, test } from "vitest";
import { apiCalls, generation, generations, task } from "../../../test/customer.ts";
import { centsOf, newPayer, type Payer, sumOf } from "../../../test/payer.ts";
import { asOwner } from "../../../test/stripe-events.ts";
import { newStripeWorld, type StripeWorld } from "../../../test/stripe-world.ts";
import type { Asker } from "../../../test/world.ts";
import { DAY_MS } from "../../kernel/clock.ts";
import { recheckMetered } from "./recheck-metered.job.ts";

let world: StripeWorld;
beforeAll(async () => {
  world = await newStripeWorld();
});

const ROUTES = `usageRoutes { meter route next changesAt atStripe }`;

/** Chooses the route of a meter as staff. */
async function choose(payer: Payer, meter: string, route = "STRIPE_METER", asker: Asker = world.admin) {
  const { data, errors } = await asker.ask(
    `mutation($input: SetUsageRouteInput!) { setUsageRoute(input: $input) { __typename ... on Refusal { message } ... on Organization { ${ROUTES} } } }`,
    { input: { organizationId: payer.id, meter, route } },
  );
  return errors?.[0] ? { fault: errors[0].extensions.code, message: errors[0].message } : data.setUsageRoute;
}

/** How one meter goes, as staff see it. */
async function routeOf(payer: Payer, meter: string) {
  const { organization } = await world.admin.get(`query($id: ID!) { organization(id: $id) { ${ROUTES} } }`, {
    id: payer.id,
  });
  return organization.usageRoutes.find((route: { meter: string }) => route.meter === meter);
}

/** Goes to a minute after the end of the current period. */
const toNextPeriod = async (payer: Payer): Promise<void> =>
  world.advance(new Date(Date.parse((await payer.billing()).currentPeriodEnd) + 60_000));

/** What was reported to meters for an organization, by meter and value, oldest first. */
const reports = (payer: Payer) =>
  asOwner<{ meter: string; value: string; state: string; attempts: number }>(
    `select params ->> 'meter' as meter, params ->> 'value' as value, state, attempts from stripe_outbox
     where organization_id = $1 and kind = 'meter.report' order by id`,
    [payer.id],
  );

const charges = (payer: Payer) =>
  asOwner<{ id: string; meter: string; route: string; state: string; amount: string }>(
    `select id, meter, route, state, amount_minor as amount from usage_charges where organization_id = $1 order by period_start, meter`,
    [payer.id],
  );

const routesOf = async (payer: Payer): Promise<string[]> =>
  (await charges(payer)).map(({ meter, route, state }) => `${meter} ${route} ${state}`);

/** What Stripe has counted for a customer in all, in minor units. */
async function counted(payer: Payer, meter: string): Promise<number> {
  const [known] = await asOwner<{ meter_id: string }>("select meter_id from stripe_meters where meter = $1", [meter]);
  const now = Math.ceil(world.now().getTime() / 60_000) * 60;
  const { data } = await world.stripe.billing.meters.listEventSummaries(known!.meter_id, {
    customer: (await payer.stripeCustomer()).id,
    start_time: now - 400 * 86_400,
    end_time: now + 86_400,
  });
  return data[0]?.aggregated_value ?? 0;
}

/** What the ledger says that the next invoice comes to. */
const upcomingTotal = async (payer: Payer): Promise<string> =>
  (await payer.owner.get(`{ organization { upcomingInvoice { total { amount } } } }`)).organization.upcomingInvoice
    .total.amount;

const proof = async () =>
  (await world.admin.get(`mutation { runProof { clean error differences { rule object field ours stripes } } }`))
    .runProof;

let keys = 0;
/** A month that goes past the allowances of Starter in three meters, by complexity and class of model. */
async function use(payer: Payer): Promise<void> {
  const prefix = `month-${(keys += 1)}`;
  const events = [
    ...generations(103, { complexity: "T2" }),
    ...generations(7, { complexity: "T3", model: "claude-3-opus" }),
    generation({ complexity: "T1", computeTimeMs: 3_660_001 }),
    apiCalls(13_579),
    task(36_000_000),
  ];
  await payer.record(events.map((event, index) => ({ ...event, idempotencyKey: `${prefix}-${index}` })));
}

test("a meter by Stripe's and the others by items make one invoice, which is the ledger's, from the next period on", async () => {
  const payer = await newPayer(world, "STARTER");
  await payer.overridePrice("api_calls", "all", { kind: "perUnit", price: "0.00123" });
  await use(payer);
  const { currentPeriodEnd } = await payer.billing();
  await world.pass(3 * DAY_MS);

  const chosen = await choose(payer, "api_calls");
  expect(chosen.usageRoutes.find(({ meter }: any) => meter === "api_calls")).toEqual({
    meter: "api_calls",
    route: "INVOICE_ITEM",
    next: "STRIPE_METER",
    changesAt: currentPeriodEnd,
    atStripe: true,
  });
  await choose(payer, "generations");
  expect((await payer.stripeSubscription()).items.data).toHaveLength(3);
  expect(await payer.invoices()).toHaveLength(1);

  // The period in which it was chosen is billed as it began.
  const first = await upcomingTotal(payer);
  await toNextPeriod(payer);
  expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: first } });
  expect(await reports(payer)).toEqual([]);
  expect(await routesOf(payer)).toEqual(
    ["api_calls", "compute", "generations"].map((meter) => `${meter} invoice_item INVOICED`),
  );
  expect((await payer.invoices())[0].lines).toHaveLength(4);

  // The next one goes both ways, and each meter one of them.
  await use(payer);
  const second = await upcomingTotal(payer);
  expect(second).toBe(first);
  await toNextPeriod(payer);
  const [invoice] = await payer.invoices();
  expect(invoice).toMatchObject({ status: "PAID", total: { amount: second } });
  expect(sumOf(invoice.lines)).toBe(centsOf(invoice.total));
  const billed = (await charges(payer)).slice(3);
  expect(billed.map(({ meter, route }) => [meter, route])).toEqual([
    ["api_calls", "stripe_meter"],
    ["compute", "invoice_item"],
    ["generations", "stripe_meter"],
  ]);
  expect((await reports(payer)).map(({ meter, value }) => `${meter} ${value}`).toSorted()).toEqual([
    `api_calls ${billed[0]!.amount}`,
    `generations ${billed[2]!.amount}`,
  ]);
  expect(await counted(payer, "api_calls")).toBe(Number(billed[0]!.amount));
  const atStripe = (await world.stripe.invoices.list({ customer: (await payer.stripeCustomer()).id, limit: 1 })).data;
  expect(
    atStripe[0]!.lines.data.filter(({ parent }) => parent?.type === "invoice_item_details").map(({ amount }) => amount),
  ).toEqual([Number(billed[1]!.amount)]);

  // A line that Stripe made opens to the ledger's numbers and events like any other.
  const { organization } = await payer.owner.get(
    `{ organization { invoices(first: 1) { nodes { lines { kind meter description quantity amount { amount } explanation { events } usageEvents(first: 1) { nodes { id } } } } } } }`,
  );
  expect(organization.invoices.nodes[0].lines.find(({ meter }: any) => meter === "api_calls")).toMatchObject({
    kind: "USAGE",
    description: "API calls past the allowance",
    quantity: "3579",
    explanation: { events: 1 },
    usageEvents: { nodes: [{ id: expect.any(String) }] },
  });

  // Taken back within a period, it holds to that period's end; then the items at Stripe are gone.
  await use(payer);
  await choose(payer, "api_calls", "INVOICE_ITEM");
  await choose(payer, "generations", "INVOICE_ITEM");
  expect(await routeOf(payer, "api_calls")).toMatchObject({
    route: "STRIPE_METER",
    next: "INVOICE_ITEM",
    atStripe: true,
  });
  await toNextPeriod(payer);
  expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: first } });
  expect((await reports(payer)).map(({ meter }) => meter).toSorted()).toEqual([
    "api_calls",
    "api_calls",
    "generations",
    "generations",
  ]);
  expect((await payer.stripeSubscription()).items.data).toHaveLength(1);
  expect(await routeOf(payer, "api_calls")).toEqual({
    meter: "api_calls",
    route: "INVOICE_ITEM",
    next: "INVOICE_ITEM",
    changesAt: null,
    atStripe: false,
  });
  await use(payer);
  await toNextPeriod(payer);
  expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: first } });
  expect(await reports(payer)).toHaveLength(4);
  expect((await charges(payer)).every(({ state }) => state === "INVOICED")).toBe(true);
  expect(await payer.alarms()).toEqual([]);
  expect(await proof()).toEqual({ clean: true, error: null, differences: [] });
});

/** A customer one of whose meters goes by Stripe's, in the period that runs. */
async function meteredPayer(): Promise<Payer> {
  const payer = await newPayer(world, "STARTER");
  expect(await choose(payer, "api_calls")).toMatchObject({ __typename: "Organization" });
  await toNextPeriod(payer);
  expect(await routeOf(payer, "api_calls")).toMatchObject({ route: "STRIPE_METER", next: "STRIPE_METER" });
  return payer;
}

/** Tells a meter of an amount that no charge is behind. */
const strayReport = async (payer: Payer, value: string, at = world.now()) =>
  world.stripe.billing.meterEvents.create({
    event_name: "qlp_api_calls_minor",
    identifier: `stray:${payer.id}:${value}`,
    timestamp: Math.floor(at.getTime() / 1000),
    payload: { stripe_customer_id: (await payer.stripeCustomer()).id, value },
  });

describe("a report", () => {
  test.each([
    { why: "is busy (429)", fault: { kind: "status", status: 429, times: 3 } },
    { why: "fails before it acts (500)", fault: { kind: "status", status: 500, times: 4 } },
    { why: "fails after it acted (500)", fault: { kind: "status", status: 500, after: true, times: 4 } },
    { why: "hangs up after it acted", fault: { kind: "drop", after: true, times: 4 } },
  ])("is counted once when Stripe $why", async ({ fault }) => {
    const payer = await meteredPayer();
    await payer.record([apiCalls(20_000)]);
    await world.faults([{ match: "POST /v1/billing/meter_events", ...fault }]);
    await toNextPeriod(payer);
    await world.faults([]);
    // What had to be tried again later is due by now.
    await asOwner("update stripe_inbox set next_try_at = now() where state = 'RECEIVED'");
    await asOwner("update stripe_outbox set next_try_at = now() where organization_id = $1 and state = 'PENDING'", [
      payer.id,
    ]);
    await world.settle();
    await recheckMetered(world.platform);
    await world.settle();
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "109.00" } });
    expect(await counted(payer, "api_calls")).toBe(1_000);
    expect(await payer.alarms()).toEqual([]);
  });

  test("that is made again after a crash changes nothing, also when Stripe has forgotten the call", async () => {
    const payer = await meteredPayer();
    await payer.record([apiCalls(20_000)]);
    await toNextPeriod(payer);
    const again = async (key: string) => {
      await asOwner(
        `update stripe_outbox set state = 'PENDING', done_at = null, next_try_at = now(), key = ${key}
         where organization_id = $1 and kind = 'meter.report'`,
        [payer.id],
      );
      await world.settle();
      expect((await reports(payer)).map(({ value, state }) => [value, state])).toEqual([["1000", "DONE"]]);
      expect(await counted(payer, "api_calls")).toBe(1_000);
    };
    await again("key");
    // Keys are kept for some time only; a new one is a new call, of the same event.
    await again("'forgotten:' || key");
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "109.00" } });
    expect(await payer.alarms()).toEqual([]);
  });

  test("that is a cent off at Stripe holds the draft with an alarm, until it is right again", async () => {
    const payer = await meteredPayer();
    await payer.record([apiCalls(20_000)]);
    const within = world.now();
    await strayReport(payer, "1", within);
    await toNextPeriod(payer);
    const held = (await payer.invoices())[0];
    expect(held.status).toBe("DRAFT");
    expect(await payer.alarms()).toEqual([
      {
        kind: "invoice-held",
        message: expect.stringContaining("API calls past the allowance: 1000 in the ledger, 1001 at Stripe"),
      },
    ]);
    await recheckMetered(world.platform);
    expect((await payer.invoices())[0].status).toBe("DRAFT");

    await strayReport(payer, "-1", within);
    expect(await recheckMetered(world.platform)).toBe(1);
    await world.settle();
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "109.00" } });
    expect(await payer.alarms()).toEqual([]);
  });
});

test("a held draft takes later usage as an item, since its meter's line is taken", async () => {
  const payer = await meteredPayer();
  await payer.record([apiCalls(20_000)]);
  await strayReport(payer, "1");
  await toNextPeriod(payer);
  await payer.record([{ ...apiCalls(20_000), idempotencyKey: "later" }]);
  await payer.tryCancel(false);
  await world.settle();
  expect((await routesOf(payer)).toSorted()).toEqual([
    "api_calls invoice_item INVOICED",
    "api_calls stripe_meter INVOICED",
  ]);
  const [held] = await payer.invoices();
  expect(held.status).toBe("DRAFT");
  expect((await payer.alarms()).map(({ kind }) => kind)).toEqual(["invoice-held"]);
  expect(await asOwner("select last_error from stripe_inbox where state in ('RECEIVED', 'FAILED')")).toEqual([]);
});

describe("no usage is lost when a meter has no line to bill it", () => {
  test("since the subscription is canceled in the middle of a period", async () => {
    const payer = await meteredPayer();
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
    const payer = await meteredPayer();
    await payer.record([apiCalls(20_000)]);
    await payer.tryCancel(true);
    await toNextPeriod(payer);
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "10.00" } });
    expect(await routesOf(payer)).toEqual(["api_calls invoice_item INVOICED"]);
    expect(await payer.alarms()).toEqual([]);
  });

  test("since somebody took its price off the subscription again and again; it comes back with the next period", async () => {
    const payer = await meteredPayer();
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
    const payer = await meteredPayer();
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
    const payer = await meteredPayer();
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

describe("a choice", () => {
  test("is refused in words where a meter of Stripe's could bill nothing", async () => {
    const free = await newPayer(world);
    expect(await choose(free, "storage")).toEqual({
      __typename: "UsageRouteRefused",
      message:
        "There is no paid subscription at Stripe that a meter could be billed with. Usage stays with invoice items.",
    });
    const leaving = await newPayer(world, "STARTER");
    await leaving.tryCancel(true);
    expect(await choose(leaving, "storage")).toEqual({
      __typename: "UsageRouteRefused",
      message: "The subscription ends with this period, so there is no next one to bill by a meter.",
    });
    expect(await choose(leaving, "storage", "INVOICE_ITEM")).toMatchObject({ __typename: "Organization" });
    expect(await choose(leaving, "tokens")).toMatchObject({ fault: "BAD_USER_INPUT" });
  });

  test("is made by staff with money's permission alone, and is in the audit log once", async () => {
    const payer = await newPayer(world, "STARTER");
    expect(await choose(payer, "compute", "STRIPE_METER", payer.owner)).toMatchObject({ fault: "FORBIDDEN" });
    const support = await world.staff("SUPPORT");
    expect(await choose(payer, "compute", "STRIPE_METER", support)).toMatchObject({ fault: "FORBIDDEN" });
    expect((await payer.owner.ask(`{ organization { ${ROUTES} } }`)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");

    await choose(payer, "compute");
    await choose(payer, "compute");
    const { auditLog } = await world.admin.get(
      `query($id: ID!) { auditLog(first: 50, organizationId: $id) { nodes { action staff target detail } } }`,
      { id: payer.id },
    );
    expect(auditLog.nodes.filter(({ action }: any) => action === "usageRoute.chosen")).toEqual([
      {
        action: "usageRoute.chosen",
        staff: true,
        target: "compute",
        detail: {
          from: "invoice_item",
          to: "stripe_meter",
          holdsFrom: (await payer.billing()).currentPeriodEnd,
        },
      },
    ]);
    expect((await payer.stripeSubscription()).items.data).toHaveLength(2);
  });

  test("that is changed back and forth in one period ends as it was last said", async () => {
    const payer = await newPayer(world);
    // What was Free before is over, and is charged with the next renewal only.
    await world.pass(DAY_MS);
    await world.buy(payer.owner, "STARTER");
    for (const route of ["STRIPE_METER", "INVOICE_ITEM", "STRIPE_METER", "INVOICE_ITEM"])
      expect(await choose(payer, "api_calls", route)).toMatchObject({ __typename: "Organization" });
    await world.settle();
    expect(await routeOf(payer, "api_calls")).toMatchObject({ next: "INVOICE_ITEM", atStripe: false });
    await toNextPeriod(payer);
    await payer.record([apiCalls(20_000)]);
    await toNextPeriod(payer);
    expect((await payer.invoices())[0]).toMatchObject({ status: "PAID", total: { amount: "109.00" } });
    expect(await routesOf(payer)).toEqual(["api_calls invoice_item INVOICED"]);
  });
});

test("the database refuses a second charge of a period's meter, by whichever route, and a second way to Stripe", async () => {
  const payer = await meteredPayer();
  await payer.record([apiCalls(20_000)]);
  await toNextPeriod(payer);
  const [charge] = await charges(payer);
  const columns = `organization_id, billing_period_id, period_start, period_end, meter, kind, description, quantity, exact_nanos, amount_minor,
    rounding_nanos, state, created_at`;
  await expect(
    asOwner(
      `insert into usage_charges (id, route, ${columns}) select gen_random_uuid(), 'invoice_item', ${columns} from usage_charges where id = $1`,
      [charge!.id],
    ),
  ).rejects.toThrow(/unique/);
  await expect(
    asOwner(
      `insert into stripe_outbox (organization_id, id, kind, key, params, state, attempts, next_try_at, created_at)
       values ($1, gen_random_uuid(), 'item.create', $2, '{}', 'PENDING', 0, now(), now())`,
      [payer.id, `charge:${charge!.id}`],
    ),
  ).rejects.toThrow(/unique/);
});
