import { expect, test, vi } from "vitest";
import { anonymous, newOrganization, newOrigin, testPlatform } from "../../test/test-platform.ts";
import { inTenant, platformEntities } from "../platform/scope.ts";
import { ApiKey } from "./api-key.entity.ts";
import { authenticate } from "./authenticate.ts";
import { createApiKey, createServiceKey, type CreateApiKey } from "./create-api-key.ts";

async function newKey(input: Partial<CreateApiKey> = {}) {
  const platform = await testPlatform();
  const { organization, user } = await newOrganization();
  const scope = inTenant(await anonymous(), organization.id);
  const { apiKey, secret } = await createApiKey(scope, { name: "Ingest", scopes: ["usage:write"], ...input });
  return { platform, organization, user, scope, apiKey, secret, ask: () => ask(secret) };
}

const ask = async (secret: string) =>
  authenticate(await testPlatform(), { authorization: `Bearer ${secret}`, cookie: undefined, origin: newOrigin() });

test("a key acts for its organization within its scopes", async () => {
  const { ask, apiKey, organization } = await newKey({ scopes: ["members:write", "usage:read"] });
  const viewer = await ask();
  expect(viewer).toMatchObject({ kind: "apiKey", id: apiKey.id, organizationId: organization.id, role: null, keyPrefix: apiKey.prefix });
  expect([...(viewer?.permissions ?? [])].toSorted()).toEqual(["members:read", "members:write", "usage:read"]);
});

test("a service key belongs to no organization and is not staff", async () => {
  const { secret } = await createServiceKey(await anonymous(), { name: "Meter", scopes: ["usage:write"] });
  expect(await ask(secret)).toMatchObject({ kind: "serviceKey", organizationId: null, staff: false });
});

test("an expired key, a revoked one and an unknown one are refused, each with its reason", async () => {
  const { platform, apiKey, ask: askNow, secret } = await newKey();
  const where = { organizationId: apiKey.organizationId, id: apiKey.id };
  const em = platformEntities(platform);
  await em.nativeUpdate(ApiKey, where, { expiresAt: new Date() });
  await expect(askNow()).rejects.toThrow("has expired");
  await em.nativeUpdate(ApiKey, where, { expiresAt: null, revokedAt: new Date() });
  await expect(askNow()).rejects.toThrow("was revoked");
  await em.nativeDelete(ApiKey, where);
  await expect(askNow()).rejects.toThrow("is unknown");
  await expect(ask(`${secret.slice(0, -1)}${secret.endsWith("0") ? "1" : "0"}`)).rejects.toThrow("checksum");
});

test("the last use is noted, and not for each request", async () => {
  const { platform, apiKey, ask } = await newKey();
  const lastUse = async () => (await platformEntities(platform).findOneOrFail(ApiKey, { id: apiKey.id })).lastUsedAt;
  expect(await lastUse()).toBeNull();
  await Promise.all([ask(), ask(), ask()]);
  await vi.waitFor(async () => expect(await lastUse()).not.toBeNull());
  const first = await lastUse();
  await ask();
  expect(await lastUse()).toEqual(first);
});

test.each([
  { scopes: [], why: "a key needs a scope" },
  { scopes: ["keys:write"], why: "keys never manage keys" },
  { scopes: ["usage:write", "staff:read"], why: "one wrong scope refuses all" },
])("the scopes $scopes are refused: $why", async ({ scopes }) => {
  await expect(newKey({ scopes })).rejects.toMatchObject({ name: "UnknownScope", message: expect.stringContaining("audit:read") as string });
});

test("a service key may not be given the scopes of an organization's key", async () => {
  await expect(createServiceKey(await anonymous(), { name: "Meter", scopes: ["billing:write"] })).rejects.toThrow("usage:read, usage:write");
});
