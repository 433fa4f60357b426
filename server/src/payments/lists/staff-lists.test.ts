import { beforeAll, describe, expect, test } from "vitest";
import { newPayer } from "../../../test/payer.ts";
import { newStripeWorld, type StripeWorld } from "../../../test/stripe-world.ts";
import { DAY_MS } from "../../kernel/clock.ts";
import { inPlatformTransaction, inTenantTransaction } from "../../platform/database/tenant-transaction.ts";
import { dunningStep } from "./dunning-cases.ts";
import { mirrorDrift } from "./mirror-drift.ts";

let world: StripeWorld;
beforeAll(async () => {
  world = await newStripeWorld();
});

const SUBSCRIPTIONS = `query($first: Int, $after: String, $plan: PlanCode, $status: SubscriptionStatus, $cancels: Boolean, $search: String) {
  subscriptions(first: $first, after: $after, plan: $plan, status: $status, cancels: $cancels, search: $search) {
    nodes { id status collection currentPeriodEnd cancelAt pastDueSince accessUntil stripeSubscriptionId stripeUrl drift
      nextCharge { amount } plan { code } organization { id name } }
    pageInfo { hasNextPage endCursor } } }`;

const list = async (variables: object) => (await world.admin.get(SUBSCRIPTIONS, { ...variables })).subscriptions;

describe("the list of subscriptions", () => {
  test("shows each with its copy at Stripe and what comes next", async () => {
    const payer = await newPayer(world, "STARTER");
    const { nodes } = await list({ search: payer.id });
    const { id } = await payer.stripeSubscription();
    expect(nodes).toMatchObject([
      {
        status: "ACTIVE",
        collection: "CARD",
        plan: { code: "STARTER" },
        organization: { id: payer.id },
        nextCharge: { amount: "99.00" },
        stripeSubscriptionId: id,
        stripeUrl: null,
        drift: false,
      },
    ]);
    expect((await list({ search: id })).nodes).toHaveLength(1);
  });

  test("is filtered by plan, status and end, and paged without a gap", async () => {
    const leaver = await newPayer(world, "PROFESSIONAL");
    await leaver.tryCancel(true);
    const stayer = await newPayer(world, "PROFESSIONAL");
    const ids = async (variables: object) =>
      (await list({ first: 100, ...variables })).nodes.map((node: any) => node.organization.id);
    expect(await ids({ plan: "PROFESSIONAL", cancels: true })).toEqual([leaver.id]);
    expect(await ids({ plan: "PROFESSIONAL", cancels: false })).toEqual([stayer.id]);
    expect(await ids({ status: "PAUSED" })).toEqual([]);

    const all = await ids({});
    const paged: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await list({ first: 1, after });
      paged.push(...page.nodes.map((node: any) => node.organization.id));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(paged).toEqual(all);
    expect(new Set(paged).size).toBe(paged.length);
  });

  test("tells when ours and Stripe's have come apart", async () => {
    const payer = await newPayer(world, "STARTER");
    await inTenantTransaction(world.platform.pool, payer.id, (sql) =>
      sql("update stripe_subscriptions set agreed_minor = 1 where organization_id = $1", [payer.id]),
    );
    expect((await list({ search: payer.id })).nodes).toMatchObject([{ drift: true }]);
  });
});

test("a renewal that is not paid is a case of dunning, from the first failed try to its payment", async () => {
  const payer = await newPayer(world, "STARTER");
  await payer.chargeTo("pm_card_chargeCustomerFail");
  const { currentPeriodEnd } = await payer.billing();
  await world.advance(new Date(Date.parse(currentPeriodEnd) + 2 * DAY_MS));
  const cases = async () =>
    (
      await world.admin
        .get(`{ dunningCases { organization { id } step since nextAttemptAt accessUntil amountDue { amount } mrrAtRisk { amount }
        invoice { status attempts } subscription { status } } }`)
    ).dunningCases.filter((one: any) => one.organization.id === payer.id);
  const [one] = await cases();
  expect(one).toMatchObject({
    step: 2,
    amountDue: { amount: "99.00" },
    mrrAtRisk: { amount: "99.00" },
    invoice: { status: "OPEN" },
    subscription: { status: "PAST_DUE" },
  });
  expect(Date.parse(one.accessUntil) - Date.parse(one.since)).toBe(7 * DAY_MS);
  expect(Date.parse(one.nextAttemptAt)).toBeGreaterThan(world.now().getTime());
  expect((await list({ search: payer.id })).nodes).toMatchObject([
    { status: "PAST_DUE", accessUntil: one.accessUntil },
  ]);

  await payer.chargeTo("pm_card_visa");
  await world.pass(3 * DAY_MS);
  expect(await cases()).toEqual([]);
});

test.each([
  [0, 1],
  [1, 2],
  [2.9, 2],
  [3, 3],
  [7, 4],
  [14, 4],
  [20, 4],
])("%d days after the first failure try %d of 4 is the next, or the last", (days, step) => {
  const since = new Date("2026-03-01T00:00:00Z");
  expect(dunningStep(since, new Date(since.getTime() + days * DAY_MS))).toBe(step);
});

describe("a subscription and its copy", () => {
  const at = new Date("2026-03-01T00:00:00Z");
  const end = new Date("2026-04-01T00:00:00Z");
  const ours = {
    planCode: "starter",
    planVersionId: "v1",
    status: "ACTIVE",
    agreedMinor: null,
    collection: "CARD",
    cancelAt: null,
    currentPeriodEnd: end,
  } as const;
  const copy = { planVersionId: "v1", agreedMinor: null, collection: "CARD", cancelAt: null, periodEnd: end } as const;
  test.each([
    { why: "are alike", ours, copy, drift: [] },
    { why: "have different plans", ours, copy: { ...copy, planVersionId: "v2" }, drift: ["plan"] },
    { why: "have different prices", ours: { ...ours, agreedMinor: 5n }, copy, drift: ["agreedPrice"] },
    {
      why: "are paid in different ways",
      ours,
      copy: { ...copy, collection: "INVOICE" as const },
      drift: ["collection"],
    },
    { why: "end at different times", ours: { ...ours, cancelAt: end }, copy, drift: ["cancelAt"] },
    {
      why: "renew at different times",
      ours,
      copy: { ...copy, periodEnd: new Date(end.getTime() + 1_000) },
      drift: ["periodEnd"],
    },
    { why: "do not both exist: a paid plan without one", ours, copy: null, drift: ["subscription"] },
    {
      why: "do not both exist: Free with one",
      ours: { ...ours, planCode: "free" as const },
      copy,
      drift: ["subscription"],
    },
    { why: "need no copy on Free", ours: { ...ours, planCode: "free" as const }, copy: null, drift: [] },
    { why: "need no copy on trial", ours: { ...ours, status: "TRIALING" as const }, copy: null, drift: [] },
  ])("$why", ({ ours: mine, copy: stripes, drift }) => {
    expect(mirrorDrift(mine, stripes, at)).toEqual(drift);
  });
});

describe("what goes to Stripe and comes from it", () => {
  test("is listed with filters, whose it is, and its payload only where it is asked for", async () => {
    const payer = await newPayer(world, "STARTER");
    const { stripeEvents } = await world.admin.get(
      `query($id: ID!) { stripeEvents(first: 50, state: HANDLED, type: "invoice.paid", organizationId: $id) { nodes { id type state organization { id } payload } } }`,
      { id: payer.id },
    );
    expect(stripeEvents.nodes).toHaveLength(1);
    const [event] = stripeEvents.nodes;
    expect(event).toMatchObject({ type: "invoice.paid", organization: { id: payer.id }, payload: { id: event.id } });
    const { stripeEvent } = await world.admin.get(`query($id: ID!) { stripeEvent(id: $id) { id payload } }`, event);
    expect(stripeEvent.payload).toEqual(event.payload);

    const { stripeCalls } = await world.admin.get(
      `query($id: ID!) { stripeCalls(first: 50, state: DONE, kind: "checkout.create", organizationId: $id) { nodes { kind state key resultId attempts organization { id } } } }`,
      { id: payer.id },
    );
    expect(stripeCalls.nodes).toMatchObject([
      { attempts: 1, resultId: expect.stringMatching(/^cs_/), organization: { id: payer.id } },
    ]);
  });

  test("an event that was given up is worked again by hand, and its alarm is cleared", async () => {
    const payer = await newPayer(world, "STARTER");
    const event = await inPlatformTransaction(world.platform.pool, async (sql) => {
      const [row] = await sql<{ event_id: string }>(
        `update stripe_inbox set state = 'FAILED' where event_id =
           (select event_id from stripe_inbox where organization_id = $1 and type = 'invoice.paid') returning event_id`,
        [payer.id],
      );
      await sql(
        `insert into alarms (key, kind, message, detail, raised_at) values ($1, 'webhook-failed', 'x', $2, now())`,
        [`event:${row!.event_id}`, JSON.stringify({ events: [row!.event_id] })],
      );
      return row!.event_id;
    });
    const { retryStripeEvent } = await world.admin.get(
      `mutation($input: RetryStripeEventInput!) { retryStripeEvent(input: $input) { state lastError } }`,
      { input: { id: event } },
    );
    expect(retryStripeEvent).toEqual({ state: "HANDLED", lastError: null });
    const { alarms } = await world.admin.get(`{ alarms(first: 100, open: true) { nodes { key } } }`);
    expect(alarms.nodes).not.toContainEqual({ key: `event:${event}` });
  });

  test("a call that was refused is made again under another key; one that was answered is not", async () => {
    const payer = await newPayer(world, "STARTER");
    const refused = await inTenantTransaction(world.platform.pool, payer.id, async (sql) => {
      const [row] = await sql<{ id: string }>(
        `insert into stripe_outbox (organization_id, id, kind, key, params, state, attempts, next_try_at, last_error, created_at)
         values ($1, gen_random_uuid(), 'customer.update', 'try', $2, 'REFUSED', 1, now(), 'error: no', now()) returning id`,
        [payer.id, JSON.stringify({ metadata: { organization_id: payer.id } })],
      );
      return row!.id;
    });
    await inPlatformTransaction(world.platform.pool, (sql) =>
      sql("insert into alarms (key, kind, message, detail, raised_at) values ($1, 'call-refused', 'x', '{}', now())", [
        `call:${refused}`,
      ]),
    );
    const retry = (id: string) =>
      world.admin.ask(`mutation($input: RetryStripeCallInput!) { retryStripeCall(input: $input) { id key state } }`, {
        input: { organizationId: payer.id, id },
      });
    const { data } = await retry(refused);
    expect(data.retryStripeCall).toMatchObject({ key: "try#2", state: "DONE" });
    const { alarms } = await world.admin.get(`{ alarms(first: 100, open: true) { nodes { key } } }`);
    expect(alarms.nodes).not.toContainEqual({ key: `call:${refused}` });
    const { errors } = await retry(data.retryStripeCall.id);
    expect(errors?.[0]?.extensions.code).toBe("CONFLICT");
  });
});

test("an alarm is cleared with a note that the audit log keeps", async () => {
  const { id } = await world.organization();
  await inPlatformTransaction(world.platform.pool, (sql) =>
    sql(
      "insert into alarms (key, kind, organization_id, message, detail, raised_at) values ('test:1', 'dispute', $1, 'Look', '{}', now())",
      [id],
    ),
  );
  const { clearAlarm } = await world.admin.get(
    `mutation($input: ClearAlarmInput!) { clearAlarm(input: $input) { key clearedAt organization { id } } }`,
    { input: { key: "test:1", note: "Called the bank" } },
  );
  expect(clearAlarm).toMatchObject({ key: "test:1", clearedAt: expect.any(String), organization: { id } });
  const { auditLog } = await world.admin.get(
    `query($id: ID!) { auditLog(first: 5, organizationId: $id) { nodes { action detail } } }`,
    { id },
  );
  expect(auditLog.nodes).toContainEqual({
    action: "alarm.cleared",
    detail: { key: "test:1", note: "Called the bank" },
  });
});

test("none of it is for customers, and support changes nothing", async () => {
  const { owner } = await world.organization();
  const support = await world.staff("SUPPORT");
  for (const query of [
    "{ subscriptions { nodes { id } } }",
    "{ dunningCases { step } }",
    "{ alarms { nodes { key } } }",
    "{ billingHealth { heldInvoices } }",
    "{ proofReports { nodes { id } } }",
  ]) {
    expect((await owner.ask(query)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    expect((await support.ask(query)).errors).toBeUndefined();
  }
  expect((await support.ask("mutation { runProof { id } }")).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
});
