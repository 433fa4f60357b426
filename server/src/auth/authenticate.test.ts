import { SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { anonymous, newOrganization, newOrigin, testPlatform } from "../../test/test-platform.ts";
import { platformEntities } from "../platform/scope.ts";
import { Member } from "../users/member.entity.ts";
import { authenticate } from "./authenticate.ts";
import { openSession } from "./open-session.ts";

const encode = (secret: string) => new TextEncoder().encode(secret);

async function logIn() {
  const platform = await testPlatform();
  const { user, organization } = await newOrganization();
  const { token } = await openSession(await anonymous(), user);
  const ask = (credentials: { authorization?: string; cookie?: string }) =>
    authenticate(platform, { authorization: credentials.authorization, cookie: credentials.cookie, origin: newOrigin() });
  return { platform, user, organization, token, ask };
}

test("a session's token names its user, in a header and in a cookie", async () => {
  const { ask, token, user, organization } = await logIn();
  const expected = { kind: "user", id: user.id, organizationId: organization.id, role: "OWNER", label: user.email, staff: false };
  expect(await ask({ authorization: `Bearer ${token}` })).toMatchObject(expected);
  expect(await ask({ cookie: token })).toMatchObject(expected);
  expect(await ask({})).toBeNull();
});

test("a changed role and a removed membership hold on the next request", async () => {
  const { platform, ask, token, user } = await logIn();
  await platformEntities(platform).nativeUpdate(Member, { userId: user.id }, { role: "MEMBER" });
  expect(await ask({ cookie: token })).toMatchObject({ role: "MEMBER" });
  await platformEntities(platform).nativeDelete(Member, { userId: user.id });
  expect(await ask({ cookie: token })).toBeNull();
  await expect(ask({ authorization: `Bearer ${token}` })).rejects.toMatchObject({ extensions: { code: "UNAUTHENTICATED" } });
});

describe("a token that we did not sign for this is refused", () => {
  const current = "0123456789012345678901234567890123456789";
  const previous = "abcdefghijabcdefghijabcdefghijabcdefghij";
  const base = { alg: "HS256", kid: "current", secret: current, issuer: "qlp-monetization", audience: "qlp-api", expires: "1h" };

  test.each([
    { why: "all is right", change: {}, good: true },
    { why: "a rotated key still verifies", change: { kid: "previous", secret: previous }, good: true },
    { why: "another algorithm", change: { alg: "HS512" } },
    { why: "an unknown key", change: { kid: "elsewhere" } },
    { why: "another key's secret", change: { secret: previous } },
    { why: "another issuer", change: { issuer: "someone" } },
    { why: "another audience", change: { audience: "someone" } },
    { why: "it expired", change: { expires: "-1s" } },
  ])("$why", async ({ change, good = false }) => {
    const { ask, token, user } = await logIn();
    const claims = JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString()) as { sid: string };
    const { alg, kid, secret, issuer, audience, expires } = { ...base, ...change };
    const forged = await new SignJWT({ sid: claims.sid })
      .setProtectedHeader({ alg, kid })
      .setSubject(user.id)
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime(expires)
      .sign(encode(secret));
    expect((await ask({ cookie: forged })) !== null).toBe(good);
  });

  test("one without a signature", async () => {
    const { ask, token } = await logIn();
    const [, payload] = token.split(".");
    const unsigned = `${Buffer.from('{"alg":"none","kid":"current"}').toString("base64url")}.${payload}.`;
    expect(await ask({ cookie: unsigned })).toBeNull();
  });
});

test.each(["Basic YTpi", "Bearer", "Bearer a b", `Bearer ${"x".repeat(5_000)}`, "Bearer \u0000"])("the header %j is refused", async (authorization) => {
  const platform = await testPlatform();
  await expect(authenticate(platform, { authorization, cookie: undefined, origin: newOrigin() })).rejects.toMatchObject({
    extensions: { code: "UNAUTHENTICATED" },
  });
});
