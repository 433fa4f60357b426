import { expect, test } from "vitest";
import { newWorld } from "../../test/world.ts";
import { tenantEntities } from "../platform/scope.ts";
import { sqlIn } from "../platform/database/sql.ts";

const LOG = `query($id: ID, $first: Int, $after: String) { organization(id: $id) { id auditLog(first: $first, after: $after) { nodes { id at action actor staff target detail requestId organization { id } } pageInfo { hasNextPage endCursor } } } }`;
const RENAME = `mutation($name: String!) { renameOrganization(input: { name: $name }) { ... on Organization { id name } } }`;

test("a change is in the log with who, what and the request that did it", async () => {
  const world = await newWorld();
  const { owner, id, email, name } = await world.organization();
  const { headers } = await owner.ask(RENAME, { name: "Renamed" });
  const { auditLog } = (await owner.get(LOG)).organization;
  expect(auditLog.nodes[0]).toMatchObject({
    action: "organization.renamed",
    actor: email,
    staff: false,
    target: "Renamed",
    detail: { before: name, after: "Renamed" },
    requestId: headers["x-request-id"],
    organization: { id },
  });
  expect(auditLog.nodes.map(({ action }: { action: string }) => action)).toEqual([
    "organization.renamed",
    "session.opened",
    "organization.created",
  ]);
});

test("a change that is refused leaves no entry", async () => {
  const { owner } = await (await newWorld()).organization();
  expect((await owner.ask(RENAME, { name: "" })).errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  expect((await owner.get(LOG)).organization.auditLog.nodes).toHaveLength(2);
});

test("pages follow each other without a gap", async () => {
  const { owner } = await (await newWorld()).organization();
  for (const name of ["One", "Two", "Three"]) await owner.get(RENAME, { name });
  const all = (await owner.get(LOG)).organization.auditLog.nodes.map(({ id }: { id: string }) => id);
  const paged: string[] = [];
  let page = { after: null as string | null, more: true };
  while (page.more) {
    const { nodes, pageInfo } = (await owner.get(LOG, { first: 2, after: page.after })).organization.auditLog;
    paged.push(...nodes.map(({ id }: { id: string }) => id));
    page = { after: pageInfo.endCursor, more: pageInfo.hasNextPage };
  }
  expect(paged).toEqual(all);
  expect((await owner.ask(LOG, { after: "WyJ4IiwieSJd" })).errors).toMatchObject([
    { extensions: { code: "BAD_USER_INPUT" } },
  ]);
});

test("a look by staff is an entry the customer sees, one for each visit of ten minutes", async () => {
  const world = await newWorld();
  const { owner, id } = await world.organization();
  const support = await world.staff("SUPPORT");
  const looks = async () =>
    (await owner.get(LOG)).organization.auditLog.nodes.filter(
      ({ action, staff }: { action: string; staff: boolean }) => action === "organization.read" && staff,
    ).length;
  const look = () => support.get(`query($id: ID) { organization(id: $id) { id name } }`, { id });
  try {
    const start = Date.now();
    world.setClock(new Date(start));
    await Promise.all([look(), look(), look()]);
    expect(await looks()).toBe(1);
    world.setClock(new Date(start + 9 * 60_000));
    await look();
    expect(await looks()).toBe(1);
    world.setClock(new Date(start + 11 * 60_000));
    await look();
    expect(await looks()).toBe(2);
  } finally {
    world.setClock(null);
  }
});

test("the log is never changed, not even by the role of its own organization", async () => {
  const world = await newWorld();
  const { id } = await world.organization();
  const sql = sqlIn(tenantEntities(world.platform, id));
  await expect(sql("update audit_entries set actor = 'nobody'")).rejects.toThrow("permission denied");
  await expect(sql("delete from audit_entries")).rejects.toThrow("permission denied");
});

test("staff read all of it, also the platform's own entries; customers see neither those nor each other's", async () => {
  const world = await newWorld();
  const { id } = await world.organization();
  const { owner: stranger } = await world.organization();
  const admin = await world.staff();
  const all = `query($organizationId: ID) { auditLog(first: 100, organizationId: $organizationId) { nodes { action organization { id } } } }`;
  const { nodes } = (await admin.get(all)).auditLog;
  expect(nodes).toContainEqual({ action: "staff.created", organization: null });
  const ofOne = (await admin.get(all, { organizationId: id })).auditLog.nodes;
  expect(new Set(ofOne.map(({ organization }: { organization: { id: string } }) => organization.id))).toEqual(
    new Set([id]),
  );
  expect((await stranger.ask(all)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  expect(JSON.stringify(await stranger.get(LOG))).not.toContain(id);
});

test("members without the permission do not read the log; a key with it does", async () => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const reader = await world.apiKey(owner, ["usage:read", "audit:read"]);
  expect((await reader.get(LOG)).organization.auditLog.nodes.length).toBeGreaterThan(0);
  const other = await world.apiKey(owner, ["usage:read"]);
  expect((await other.ask(LOG)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
});
