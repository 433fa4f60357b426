import { expect, test } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { newCustomer, publishPlan } from "../../test/customer.ts";
import { newWorld } from "../../test/world.ts";

const START = "2026-03-01T00:00:00Z";
const REPORT = `mutation($input: ReportEntitlementLevelInput!) { reportEntitlementLevel(input: $input) { key limit used remaining } }`;

test("a reported level stands until the next report, and tells what is left of the limit", async () => {
  const world = await newWorld();
  const customer = await newCustomer(world, START, "starter");
  await customer.key.get(REPORT, { input: { key: "active_projects", level: "3" } });
  const { reportEntitlementLevel } = await customer.key.get(REPORT, { input: { key: "active_projects", level: "4" } });
  expect(reportEntitlementLevel).toEqual({ key: "active_projects", limit: "5", used: "4", remaining: "1" });
  const { organization } = await customer.owner.get(
    `{ organization { entitlements { key enabled limit value used remaining } } }`,
  );
  expect(organization.entitlements).toContainEqual({
    key: "active_projects",
    enabled: true,
    limit: "5",
    value: null,
    used: "4",
    remaining: "1",
  });
  expect(organization.entitlements).toContainEqual(expect.objectContaining({ key: "custom_models", enabled: false }));
});

test("a service asks for rights of many organizations at once, and is answered in its order", async () => {
  const world = await newWorld();
  const [free, starter] = [await newCustomer(world, START), await newCustomer(world, START, "starter")];
  const service = await world.serviceKey();
  const question = (organizationId: string, key: string) => ({ organizationId, key });
  const { checkEntitlements } = await service.get(
    `query($input: [EntitlementQuestion!]!) { checkEntitlements(input: $input) { key enabled limit value } }`,
    {
      input: [
        question(starter.id, "active_projects"),
        question(free.id, "active_projects"),
        question(free.id, "no_such_right"),
      ],
    },
  );
  expect(checkEntitlements).toEqual([
    { key: "active_projects", enabled: true, limit: "5", value: null },
    { key: "active_projects", enabled: true, limit: "1", value: null },
    { key: "no_such_right", enabled: false, limit: null, value: null },
  ]);
});

test("a key asks for its own organization only", async () => {
  const world = await newWorld();
  const [ours, theirs] = [await newCustomer(world, START), await newCustomer(world, START)];
  const ask = `query($input: EntitlementQuestion!) { checkEntitlement(input: $input) { enabled } }`;
  expect((await ours.key.get(ask, { input: { key: "active_projects" } })).checkEntitlement.enabled).toBe(true);
  const { errors } = await ours.key.ask(ask, { input: { key: "active_projects", organizationId: theirs.id } });
  expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
});

test("a trial has Professional's rights", async () => {
  const world = await newWorld();
  const customer = await newCustomer(world, START);
  await customer.startTrial("STARTER");
  const { checkEntitlement } = await customer.key.get(`{ checkEntitlement(input: { key: "integrations" }) { value } }`);
  expect(checkEntitlement.value).toBe("all");
});

test("a level below zero or under a malformed key is refused in words", async () => {
  const world = await newWorld();
  const customer = await newCustomer(world, START);
  for (const input of [
    { key: "active_projects", level: "-1" },
    { key: "Active Projects", level: "1" },
  ]) {
    const { errors } = await customer.key.ask(REPORT, { input });
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  }
});

test("of a limit that is no whole number the whole part fits", async () => {
  const world = await newWorld();
  const starter = defaultCatalog.starter;
  await publishPlan(await world.staff(), "starter", {
    ...starter,
    entitlements: starter.entitlements.map((right) =>
      right.key === "active_projects" ? { ...right, limit: "2.5" } : right,
    ),
  });
  const customer = await newCustomer(world, START, "starter");
  const { reportEntitlementLevel } = await customer.key.get(REPORT, { input: { key: "active_projects", level: "1" } });
  expect(reportEntitlementLevel).toMatchObject({ limit: "2.5", remaining: "1" });
});
