import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../src/platform/id.ts";
import { testDatabase } from "./setup/test-database.ts";
import { newWorld } from "./world.ts";

/** Tables of the machinery, which hold no customer's data and no role of the API may touch. */
const OTHERS = new Set(["mikro_orm_migrations"]);

/** Catalog: the same for everybody, read by all. */
const FOR_EVERYBODY = new Set(["plan_versions"]);

let owner: pg.Client;
let api: pg.Client;
let ours: string;
let theirs: string;

beforeAll(async () => {
  const world = await newWorld();
  const us = await world.organization();
  const them = await world.organization();
  ours = us.id;
  theirs = them.id;
  await fill(us);
  await fill(them);

  async function fill({ owner: person, id }: Awaited<ReturnType<typeof world.organization>>): Promise<void> {
    const key = await world.apiKey(person, ["usage:write"]);
    const staff = await world.staff();
    await person.get(`mutation { inviteMember(input: { email: "m-${id}@example.com", role: MEMBER }) { __typename } }`);
    await staff.get(
      `mutation($id: ID!) { setPriceOverride(input: { organizationId: $id, note: "test", price: { meter: "api_calls", model: PER_UNIT, unitPrice: "0.002" } }) { __typename } }`,
      { id },
    );
    await key.get(
      `mutation { recordUsage(input: { events: [{ idempotencyKey: "a", action: GENERATION, complexity: T1 }, { idempotencyKey: "b", action: GENERATION }, { idempotencyKey: "c", action: API_CALL }] }) { accepted } }`,
    );
    await staff.get(
      `mutation($id: ID!) { voidUsage(input: { organizationId: $id, idempotencyKey: "a", reason: "test" }) { __typename } }`,
      { id },
    );
  }

  const { adminUrl, url } = await testDatabase();
  owner = new pg.Client({ connectionString: adminUrl });
  api = new pg.Client({ connectionString: url });
  await owner.connect();
  await api.connect();
  for (const { name, key } of await tables()) {
    if (key === null || name === "sessions") continue;
    for (const tenant of [ours, theirs]) await fillTable(name, key, tenant);
  }
});

/** A value of each type that columns have. What a row says is nothing to the wall. */
const anyValue: Readonly<Record<string, () => unknown>> = {
  uuid: newId,
  text: () => `any ${newId()}`,
  _text: () => [],
  varchar: () => `any ${newId()}`,
  timestamptz: () => new Date(),
  date: () => new Date(),
  bool: () => false,
  int2: () => 1,
  int4: () => 1,
  int8: () => 1,
  numeric: () => 1,
  json: () => "{}",
  jsonb: () => "{}",
  bytea: () => Buffer.of(0),
};

/** Gives a table a row of the tenant, unless using the product above has given it some. */
async function fillTable(name: string, key: string, tenant: string): Promise<void> {
  await owner.query("set role qlp_staff");
  try {
    const { rowCount } = await owner.query(`select from ${name} where ${key} = $1 limit 1`, [tenant]);
    if (rowCount !== 0) return;
    const { rows } = await owner.query<{ column: string; type: string }>(
      `select attname as column, typname as type from pg_attribute join pg_type t on t.oid = atttypid
       where attrelid = $1::regclass and attnum > 0 and not attisdropped and attnotnull and not atthasdef and attname <> $2`,
      [name, key],
    );
    const values = rows.map(({ column, type }) => {
      const make = anyValue[type];
      if (!make) throw new Error(`${name}.${column} is of the type ${type}: say what a value of it is`);
      return make();
    });
    await owner.query(
      `insert into ${name} (${[key, ...rows.map(({ column }) => column)].join(", ")}) values (${["$1", ...values.map((_, index) => `$${index + 2}`)].join(", ")})`,
      [tenant, ...values],
    );
  } finally {
    await owner.query("reset role");
  }
}

afterAll(async () => {
  await owner.end();
  await api.end();
});

/** The roles of customers' requests: one tenant's own, and a group's that names just this tenant. */
const ROLES = ["qlp_tenant", "qlp_group"] as const;

/** Runs one statement as a tenant, or without one, and undoes it. */
async function asTenant(
  organizationId: string,
  text: string,
  role: (typeof ROLES)[number] = "qlp_tenant",
): Promise<pg.QueryResult | Error> {
  await api.query(`BEGIN; SET LOCAL ROLE ${role}`);
  await api.query("select set_config($1, $2, true)", [
    role === "qlp_tenant" ? "app.organization_id" : "app.organization_ids",
    role === "qlp_tenant" || organizationId === "" ? organizationId : `{${organizationId}}`,
  ]);
  try {
    return await api.query(text);
  } catch (error) {
    return error as Error;
  } finally {
    await api.query("ROLLBACK");
  }
}

async function tables(): Promise<{ name: string; key: string | null; walled: boolean }[]> {
  const { rows } = await owner.query<{ name: string; key: string | null; walled: boolean }>(
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as walled,
       (select a.attname from pg_attribute a where a.attrelid = c.oid and not a.attisdropped
          and a.attname = case when c.relname = 'organizations' then 'id' else 'organization_id' end) as key
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  );
  return rows.filter(({ name }) => !OTHERS.has(name));
}

test("every table has row-level security, for its owner too", async () => {
  expect((await tables()).filter(({ walled }) => !walled)).toEqual([]);
});

test("every tenant table has rows of both tenants, or the walk proves nothing", async () => {
  const empty: string[] = [];
  for (const { name, key } of (await tables()).filter((table) => table.key !== null && table.name !== "sessions")) {
    const { rows } = await owner
      .query<{ count: number }>(
        `set role qlp_staff; select count(distinct ${key})::int as count from ${name} where ${key} in ('${ours}', '${theirs}'); reset role`,
      )
      .then((results) => (results as unknown as pg.QueryResult<{ count: number }>[])[1]!);
    if (rows[0]?.count !== 2) empty.push(name);
  }
  expect(empty).toEqual([]);
});

test.each(ROLES)("%s reads none of another's rows in any table, and nothing at all without a tenant", async (role) => {
  const seen: string[] = [];
  for (const { name, key } of await tables()) {
    if (FOR_EVERYBODY.has(name)) continue;
    for (const tenant of [ours, ""]) {
      const foreign =
        key === null ? (tenant === "" ? "true" : "false") : tenant === "" ? "true" : `${key} <> '${tenant}'`;
      const answer = await asTenant(tenant, `select from ${name} where ${foreign}`, role);
      if (!(answer instanceof Error) && answer.rowCount !== 0) seen.push(`${name} as ${tenant || "nobody"}`);
    }
  }
  expect(seen).toEqual([]);
});

test.each(ROLES)("%s changes, removes and adopts none of another's rows in any table", async (role) => {
  const changed: string[] = [];
  for (const { name, key } of (await tables()).filter((table) => table.key !== null)) {
    for (const statement of [
      `update ${name} set ${key} = ${key} where ${key} = '${theirs}'`,
      `delete from ${name} where ${key} = '${theirs}'`,
      `update ${name} set ${key} = '${theirs}' where ${key} = '${ours}'`,
    ]) {
      const answer = await asTenant(ours, statement, role);
      if (!(answer instanceof Error) && answer.rowCount !== 0) changed.push(statement);
    }
  }
  expect(changed).toEqual([]);
});

test("a tenant sees the people of its own organization only", async () => {
  const people = await asTenant(ours, "select id from users");
  const members = await asTenant(ours, "select user_id as id from members");
  if (people instanceof Error || members instanceof Error) throw new Error("users and members are a tenant's to read");
  expect(people.rows).toEqual(members.rows);
  expect(people.rows).toHaveLength(1);
});

test("nobody edits or deletes facts, staff included", async () => {
  const done: string[] = [];
  for (const role of ["qlp_tenant", "qlp_group", "qlp_staff"]) {
    for (const name of ["usage_events", "usage_voids", "rating_adjustments", "audit_entries", "plan_versions"]) {
      for (const privilege of ["UPDATE", "DELETE", "TRUNCATE"]) {
        const { rows } = await owner.query<{ may: boolean }>("select has_table_privilege($1, $2, $3) as may", [
          role,
          name,
          privilege,
        ]);
        if (rows[0]?.may) done.push(`${role} may ${privilege} ${name}`);
      }
    }
  }
  expect(done).toEqual([]);
});

test("the API's log-in owns no table and cannot step around the wall", async () => {
  const { rows } = await owner.query<{ super: boolean; bypass: boolean; owned: number }>(
    `select rolsuper as super, rolbypassrls as bypass,
       (select count(*)::int from pg_class where relowner = r.oid and relkind in ('r', 'p')) as owned from pg_roles r where rolname = 'qlp_api'`,
  );
  expect(rows).toEqual([{ super: false, bypass: false, owned: 0 }]);
});

test("another tenant's ids find nothing, whatever is asked", async () => {
  const world = await newWorld();
  const us = await world.organization();
  const them = await world.organization();
  const staff = await world.staff();
  const theirKey = await world.apiKey(them.owner, ["usage:write"]);
  await theirKey.get(
    `mutation { recordUsage(input: { events: [{ idempotencyKey: "secret", action: GENERATION, complexity: T1 }] }) { accepted } }`,
  );
  const { organization } = await staff.get(
    `query($id: ID!) { organization(id: $id) { usageEvents(first: 1) { nodes { id } } apiKeys { id } members(first: 1) { nodes { id } } } }`,
    { id: them.id },
  );
  const event = organization.usageEvents.nodes[0].id as string;
  const key = organization.apiKeys[0].id as string;
  const member = organization.members.nodes[0].id as string;
  const ourKey = await world.apiKey(us.owner, ["usage:write", "usage:read"]);

  const attempts = [
    us.owner.ask(`query($id: ID!) { organization(id: $id) { id name } }`, { id: them.id }),
    us.owner.ask(`query($id: ID!) { organization { usageEvent(id: $id) { idempotencyKey } } }`, { id: event }),
    us.owner.ask(`mutation($id: ID!) { revokeApiKey(input: { id: $id }) { __typename } }`, { id: key }),
    us.owner.ask(`mutation($id: ID!) { rotateApiKey(input: { id: $id }) { __typename } }`, { id: key }),
    us.owner.ask(`mutation($id: ID!) { removeMember(input: { userId: $id }) { __typename } }`, { id: member }),
    us.owner.ask(`mutation($id: ID!) { changeMemberRole(input: { userId: $id, role: MEMBER }) { __typename } }`, {
      id: member,
    }),
    ourKey.ask(
      `mutation($id: ID!) { recordUsage(input: { organizationId: $id, events: [{ idempotencyKey: "x", action: API_CALL }] }) { accepted } }`,
      { id: them.id },
    ),
  ];
  for (const { errors, data } of await Promise.all(attempts)) {
    expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    expect(JSON.stringify(data ?? null)).not.toContain(them.name);
  }
});

test("what is for staff is refused to every customer", async () => {
  const world = await newWorld();
  const { owner: person, id } = await world.organization();
  const forStaff = [
    `{ organizations { totalCount } }`,
    `{ planVersions(code: FREE) { id } }`,
    `{ serviceKeys { id } }`,
    `{ mails { nodes { id } } }`,
    `{ auditLog { nodes { id } } }`,
    `{ invoices { nodes { id } } }`,
    `{ billingRuns { nodes { id } } }`,
    `mutation { startBillingRun(input: {}) { id } }`,
    `mutation { agreePlan(input: { organizationId: "${id}", plan: ENTERPRISE, monthlyPrice: "2499" }) { __typename } }`,
    `mutation { voidUsage(input: { organizationId: "${id}", idempotencyKey: "a", reason: "x" }) { __typename } }`,
    `mutation { removePriceOverride(input: { organizationId: "${id}", id: "${id}" }) { __typename } }`,
    `mutation { createServiceKey(input: { name: "x", scopes: ["usage:read"] }) { __typename } }`,
    `{ subscriptions { nodes { id } } }`,
    `{ dunningCases { step } }`,
    `{ alarms { nodes { key } } }`,
    `{ stripeEvents { nodes { id } } }`,
    `{ stripeCalls { nodes { id } } }`,
    `{ proofReports { nodes { id } } }`,
    `{ billingHealth { openAlarms } }`,
    `mutation { runProof { id } }`,
    `mutation { clearAlarm(input: { key: "x", note: "x" }) { key } }`,
    `mutation { retryStripeCall(input: { organizationId: "${id}", id: "${id}" }) { id } }`,
    `mutation { refundInvoice(input: { organizationId: "${id}", invoiceId: "${id}", amount: "1", reason: "x" }) { __typename } }`,
    `mutation { createInvoice(input: { organizationId: "${id}", lines: [], reason: "x" }) { __typename } }`,
    `mutation { advanceSandboxClock(input: { to: "2030-01-01T00:00:00Z" }) { now } }`,
  ];
  for (const operation of forStaff)
    expect((await person.ask(operation)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
});
