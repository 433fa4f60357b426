import { beforeAll, describe, expect, test } from "vitest";
import { type Customer, generations, newCustomer } from "../../test/customer.ts";
import { newWorld, type World } from "../../test/world.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { checkAlertsJob, checkCapsJob } from "./usage-alerts.job.ts";

const START = "2026-03-01T00:00:00Z";
const SETTINGS = "alertSettings { mailIsSent settings { kind percent mail webhook lastRaisedAt } }";
const SET = `mutation($input: SetAlertSettingInput!) { setAlertSetting(input: $input) { settings { kind percent mail webhook } } }`;

let world: World;
beforeAll(async () => {
  world = await newWorld();
});

const settingsOf = async ({ owner }: Customer) =>
  (await owner.get(`{ organization { ${SETTINGS} } }`)).organization.alertSettings;

/** What went out so far: subjects of mails, and types of messages to endpoints. */
async function sentTo({ id }: Customer): Promise<{ mails: string[]; messages: string[] }> {
  return inPlatformTransaction(world.platform.pool, async (sql) => ({
    mails: (
      await sql<{ subject: string }>(
        `select subject from mails where "to" in (select u.email from members m join users u on u.id = m.user_id where m.organization_id = $1)
         and subject not like '%onfirm%' order by created_at, subject`,
        [id],
      )
    ).map(({ subject }) => subject),
    messages: (
      await sql<{ type: string; percent: string }>(
        `select type, body::json->'data'->>'percent' as percent from webhook_messages where organization_id = $1 order by created_at, id`,
        [id],
      )
    ).map(({ type, percent }) => `${type} ${percent}`),
  }));
}

async function use(customer: Customer, count: number): Promise<void> {
  await customer.record(generations(count));
  await checkAlertsJob.run(world.platform, { organizationId: customer.id });
  await checkCapsJob.run(world.platform, {});
}

describe("where alerts go", () => {
  test("is everywhere until somebody says otherwise, with when each was last raised", async () => {
    const customer = await newCustomer(world, START, "starter");
    expect((await settingsOf(customer)).settings).toEqual(
      ["QUOTA", "SPENDING_CAP"].flatMap((kind) =>
        [50, 80, 100].map((percent) => ({ kind, percent, mail: true, webhook: true, lastRaisedAt: null })),
      ),
    );
    await use(customer, 50);
    const [half, most] = (await settingsOf(customer)).settings;
    expect(half.lastRaisedAt).toMatch(/^2026-03-01T00:0/);
    expect(most.lastRaisedAt).toBeNull();
  });

  test("is asked when an alert is raised: what is switched off stays in the portal", async () => {
    const customer = await newCustomer(world, START, "starter");
    await customer.owner.get(
      `mutation { createWebhookEndpoint(input: { url: "http://127.0.0.1:65533/", events: ["usage.alert", "spending_cap.alert"] }) { __typename } }`,
    );
    await customer.owner.get(`mutation { setSpendingCap(input: { cap: "1.00" }) { reached } }`);
    await customer.owner.get(SET, { input: { kind: "QUOTA", percent: 50, mail: false, webhook: true } });
    await customer.owner.get(SET, { input: { kind: "QUOTA", percent: 80, mail: true, webhook: false } });
    await customer.owner.get(SET, { input: { kind: "SPENDING_CAP", percent: 50, mail: false, webhook: false } });
    await use(customer, 82);
    await use(customer, 20);
    expect(await sentTo(customer)).toEqual({
      mails: ["100 % of your generations are used", "80 % of your generations are used"],
      messages: ["usage.alert 50", "usage.alert 100"],
    });
    const { organization } = await customer.owner.get(`{ organization { usageAlerts { subject percent } } }`);
    expect(organization.usageAlerts).toContainEqual({ subject: "spending_cap", percent: 50 });
    expect(organization.usageAlerts).toContainEqual({ subject: "generations", percent: 50 });
  });

  test("is an organization's own, and set by those who pay", async () => {
    const [ours, theirs] = [await newCustomer(world, START), await newCustomer(world, START)];
    await ours.owner.get(SET, { input: { kind: "QUOTA", percent: 100, mail: false, webhook: false } });
    expect((await settingsOf(theirs)).settings).toContainEqual(
      expect.objectContaining({ kind: "QUOTA", percent: 100, mail: true, webhook: true }),
    );
    const reader = await world.apiKey(ours.owner, ["usage:read"]);
    for (const refused of [
      await reader.ask(SET, { input: { kind: "QUOTA", percent: 50, mail: false, webhook: false } }),
      await reader.ask(`{ organization { ${SETTINGS} } }`),
      await (await world.staff()).ask(SET, { input: { kind: "QUOTA", percent: 50, mail: false, webhook: false } }),
    ])
      expect(refused.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });

  test("cannot be set for a part that nobody is told of", async () => {
    const customer = await newCustomer(world, START);
    const before = await settingsOf(customer);
    const { errors } = await customer.owner.ask(SET, {
      input: { kind: "QUOTA", percent: 75, mail: false, webhook: false },
    });
    expect(errors?.[0]).toMatchObject({
      message: "percent must be one of 50, 80, 100; 75 is not.",
      extensions: { code: "BAD_USER_INPUT" },
    });
    expect(await settingsOf(customer)).toEqual(before);
  });
});

test("a test mail goes to owners and those who pay, three times an hour", async () => {
  const customer = await newCustomer(world, START);
  const send = () => customer.owner.ask(`mutation { sendTestAlert { recipients } }`);
  const answers = [await send(), await send(), await send(), await send()];
  const { mails } = await sentTo(customer);
  expect(answers[0]?.data.sendTestAlert.recipients).toHaveLength(1);
  expect(mails.filter((subject) => subject === "This is how alerts reach you")).toHaveLength(3);
  expect(answers[3]?.errors).toMatchObject([{ message: expect.stringMatching(/^Three tests an hour are sent\. Try/) }]);
  expect(answers[3]?.errors?.[0]?.extensions).toMatchObject({ code: "RATE_LIMITED" });
  expect(Number(answers[3]?.headers["retry-after"])).toBeGreaterThan(3_500);
});
