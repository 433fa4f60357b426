import { expect, test, vi } from "vitest";
import { newWorld, type Asker } from "../../test/world.ts";
import { platformEntities } from "../platform/scope.ts";
import { ApiKey } from "./api-key.entity.ts";

const KEY =
  "id name prefix scopes permissions createdAt lastUsedAt expiresAt revokedAt createdBy { email } organization { id }";
const CREATE = `mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename ... on Refusal { message } ... on CreatedApiKey { secret apiKey { ${KEY} } } } }`;
const ROTATE = `mutation($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { __typename ... on Refusal { message } ... on CreatedApiKey { secret apiKey { ${KEY} } } } }`;
const REVOKE = `mutation($id: ID!) { revokeApiKey(input: { id: $id }) { ... on ApiKey { id revokedAt } } }`;
const VIEWER = `{ viewer { __typename ... on ApiKey { ${KEY} } } }`;

const create = async (owner: Asker, scopes: string[], more: object = {}) => {
  const { createApiKey } = await owner.get(CREATE, { input: { name: "Ingest", scopes, ...more } });
  return createApiKey as { secret: string; apiKey: { id: string; prefix: string } };
};

test("a key acts for its organization within its scopes", async () => {
  const world = await newWorld();
  const { owner, id, email } = await world.organization();
  const { secret, apiKey } = await create(owner, ["usage:read", "members:write"]);
  const key = world.anyone(secret);
  expect(await key.get(VIEWER)).toMatchObject({
    viewer: {
      __typename: "ApiKey",
      id: apiKey.id,
      prefix: apiKey.prefix,
      permissions: ["usage:read", "members:write", "members:read"],
      organization: { id },
      createdBy: { email },
    },
  });
  expect(secret.startsWith(apiKey.prefix)).toBe(true);
  expect(await key.get("{ organization { id members { nodes { email } } } }")).toMatchObject({
    organization: { id, members: { nodes: [{ email }] } },
  });
  expect((await key.ask("{ organization { id apiKeys { id } } }")).errors).toMatchObject([
    { extensions: { code: "FORBIDDEN" } },
  ]);
});

test("keys can never manage keys, whatever their scopes", async () => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const scopes = [
    "usage:read",
    "usage:write",
    "billing:read",
    "billing:write",
    "members:write",
    "tickets:write",
    "audit:read",
  ];
  const { secret, apiKey } = await create(owner, scopes);
  for (const [operation, variables] of [
    [CREATE, { input: { name: "Another", scopes } }],
    [ROTATE, { input: { id: apiKey.id } }],
    [REVOKE, { id: apiKey.id }],
  ] as const) {
    expect((await world.anyone(secret).ask(operation, variables)).errors).toMatchObject([
      { extensions: { code: "FORBIDDEN" } },
    ]);
  }
});

test.each([
  { scopes: [], why: "a key needs a scope" },
  { scopes: ["keys:write"], why: "keys never manage keys" },
  { scopes: ["usage:write", "staff:read"], why: "one wrong scope refuses all" },
])("the scopes $scopes are refused: $why", async ({ scopes }) => {
  const { owner } = await (await newWorld()).organization();
  const { createApiKey } = await owner.get(CREATE, { input: { name: "Ingest", scopes } });
  expect(createApiKey).toEqual({
    __typename: "UnknownScope",
    message: expect.stringContaining("audit:read") as string,
  });
  expect(await owner.get("{ organization { id apiKeys { id } } }")).toMatchObject({ organization: { apiKeys: [] } });
});

test.each([
  { change: { name: " " }, message: "name must not be empty" },
  { change: { name: "x".repeat(101) }, message: "name may have 100 characters" },
  { change: { name: "a\u0007b" }, message: "printable" },
  { change: { expiresAt: "2020-01-01T00:00:00Z" }, message: "expiresAt must lie in the future" },
])("bad input says what would be right: $message", async ({ change, message }) => {
  const { owner } = await (await newWorld()).organization();
  const { errors } = await owner.ask(CREATE, { input: { name: "Ingest", scopes: ["usage:read"], ...change } });
  expect(errors).toMatchObject([
    { message: expect.stringContaining(message) as string, extensions: { code: "BAD_USER_INPUT" } },
  ]);
});

test("a mistyped, an unknown, an expired and a revoked key are refused, each with its reason", async () => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const { secret, apiKey } = await create(owner, ["usage:read"]);
  const refusal = async (token = secret) => (await world.anyone(token).ask("{ viewer { __typename } }")).errors;
  const saying = (message: string) => [
    { message: expect.stringContaining(message) as string, extensions: { code: "UNAUTHENTICATED" } },
  ];

  expect(await refusal(`${secret.slice(0, -1)}${secret.endsWith("0") ? "1" : "0"}`)).toMatchObject(saying("checksum"));
  const em = platformEntities(world.platform);
  await em.nativeUpdate(ApiKey, { id: apiKey.id }, { expiresAt: new Date() });
  expect(await refusal()).toMatchObject(saying("has expired"));
  await em.nativeUpdate(ApiKey, { id: apiKey.id }, { expiresAt: null });
  expect(await refusal()).toBeUndefined();
  await owner.get(REVOKE, { id: apiKey.id });
  expect(await refusal()).toMatchObject(saying("was revoked"));
  await em.nativeDelete(ApiKey, { id: apiKey.id });
  expect(await refusal()).toMatchObject(saying("is unknown"));
});

test("after a rotation both secrets work for the overlap, and the old one cannot be rotated again", async () => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const expiresAt = "2099-01-01T00:00:00.000Z";
  const old = await create(owner, ["usage:read"], { expiresAt });
  const { rotateApiKey: next } = await owner.get(ROTATE, { input: { id: old.apiKey.id } });
  expect(next.apiKey).toMatchObject({ name: "Ingest", scopes: ["usage:read"], expiresAt });
  expect(next.secret).not.toBe(old.secret);

  expect((await world.anyone(next.secret).get(VIEWER)).viewer.id).toBe(next.apiKey.id);
  const { viewer } = await world.anyone(old.secret).get(VIEWER);
  const left = new Date(viewer.expiresAt).getTime() - Date.now();
  expect(left).toBeGreaterThan(86_300_000);
  expect(left).toBeLessThanOrEqual(86_400_000);
  expect(await owner.get(ROTATE, { input: { id: old.apiKey.id } })).toMatchObject({
    rotateApiKey: { __typename: "KeyNotActive" },
  });
});

test("a rotation without overlap ends the old secret at once; an overlap beyond a week is refused", async () => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const { secret, apiKey } = await create(owner, ["usage:read"]);
  expect((await owner.ask(ROTATE, { input: { id: apiKey.id, overlapSeconds: 604_801 } })).errors).toMatchObject([
    { extensions: { code: "BAD_USER_INPUT" } },
  ]);
  await owner.get(ROTATE, { input: { id: apiKey.id, overlapSeconds: 0 } });
  expect((await world.anyone(secret).ask("{ viewer { __typename } }")).errors).toMatchObject([
    { message: expect.stringContaining("has expired") as string },
  ]);
});

test("of two rotations at once one succeeds", async () => {
  const { owner } = await (await newWorld()).organization();
  const { apiKey } = await create(owner, ["usage:read"]);
  const rotate = () => owner.get(ROTATE, { input: { id: apiKey.id } });
  const answers = await Promise.all([rotate(), rotate()]);
  expect(answers.map(({ rotateApiKey }): string => rotateApiKey.__typename).toSorted()).toEqual([
    "CreatedApiKey",
    "KeyNotActive",
  ]);
});

test("the last use is noted, and not for each request", async () => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const { secret, apiKey } = await create(owner, ["usage:read"]);
  const key = world.anyone(secret);
  const lastUse = async () =>
    (await platformEntities(world.platform).findOneOrFail(ApiKey, { id: apiKey.id })).lastUsedAt;
  expect(await lastUse()).toBeNull();
  await Promise.all([key.get(VIEWER), key.get(VIEWER), key.get(VIEWER)]);
  await vi.waitFor(async () => expect(await lastUse()).not.toBeNull());
  const first = await lastUse();
  await key.get(VIEWER);
  expect(await lastUse()).toEqual(first);
});

test("another organization's key is not found", async () => {
  const world = await newWorld();
  const { apiKey } = await create((await world.organization()).owner, ["usage:read"]);
  const { owner: stranger } = await world.organization();
  for (const id of [apiKey.id, "no-id"]) {
    expect((await stranger.ask(REVOKE, { id })).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    expect((await stranger.ask(ROTATE, { input: { id } })).errors).toMatchObject([
      { extensions: { code: "NOT_FOUND" } },
    ]);
  }
});

test("service keys are made, listed, rotated and revoked by staff, and belong to no organization", async () => {
  const world = await newWorld();
  const admin = await world.staff();
  const make = `mutation($input: CreateApiKeyInput!) { createServiceKey(input: $input) { __typename ... on Refusal { message } ... on CreatedApiKey { secret apiKey { id } } } }`;
  const refused = await admin.get(make, { input: { name: "Meter", scopes: ["billing:write"] } });
  expect(refused.createServiceKey).toEqual({
    __typename: "UnknownScope",
    message: expect.stringContaining("usage:read, usage:write") as string,
  });

  const { secret, apiKey } = (await admin.get(make, { input: { name: "Meter", scopes: ["usage:write"] } }))
    .createServiceKey;
  expect(await world.anyone(secret).get(VIEWER)).toMatchObject({
    viewer: { id: apiKey.id, name: "Meter", scopes: ["usage:write"], organization: null },
  });
  expect((await admin.get("{ serviceKeys { id } }")).serviceKeys).toContainEqual({ id: apiKey.id });

  const { rotateApiKey: next } = await admin.get(ROTATE, { input: { id: apiKey.id, overlapSeconds: 0 } });
  expect((await world.anyone(secret).ask("{ viewer { __typename } }")).errors).toBeDefined();
  await admin.get(REVOKE, { id: next.apiKey.id });
  expect((await world.anyone(next.secret).ask("{ viewer { __typename } }")).errors).toBeDefined();

  const { owner } = await world.organization();
  expect((await owner.ask(make, { input: { name: "Meter", scopes: ["usage:write"] } })).errors).toMatchObject([
    { extensions: { code: "FORBIDDEN" } },
  ]);
});
