import { beforeAll, describe, expect, test } from "vitest";
import { apiCalls, generation, generations, task } from "../../../test/customer.ts";
import {
  charges,
  choose,
  counted,
  meteredPayer,
  reports,
  routeOf,
  ROUTES,
  routesOf,
  toNextPeriod,
  upcomingTotal,
} from "../../../test/metered.ts";
import { centsOf, newPayer, type Payer, sumOf } from "../../../test/payer.ts";
import { asOwner } from "../../../test/stripe-events.ts";
import { newStripeWorld, type StripeWorld } from "../../../test/stripe-world.ts";
import { DAY_MS } from "../../kernel/clock.ts";

let world: StripeWorld;
beforeAll(async () => {
  world = await newStripeWorld();
});

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
  const payer = await meteredPayer(world);
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
