import { SignJWT } from "jose";
import { describe, expect, test, vi } from "vitest";
import { newWorld } from "../../test/world.ts";
import { type Platform, platformEntities } from "../platform/scope.ts";
import { Member } from "../users/member.entity.ts";
import { User } from "../users/user.entity.ts";
import { authenticate } from "./authenticate.ts";

const origin = { id: "test", address: "127.0.0.1", userAgent: null };
const ask = (platform: Platform, given: { authorization?: string; cookie?: string }) =>
  authenticate(platform, { authorization: given.authorization, cookie: given.cookie, origin });

async function loggedIn() {
  const world = await newWorld();
  const { platform } = world;
  const { owner, email, id } = await world.organization();
  const user = await platformEntities(platform).findOneOrFail(User, { email });
  return { platform, user, organizationId: id, token: owner.token ?? "" };
}

test("a session's token names its user, in a header and in a cookie", async () => {
  const { platform, token, user, organizationId } = await loggedIn();
  const expected = { kind: "user", id: user.id, organizationId, role: "OWNER", label: user.email, staff: false };
  expect(await ask(platform, { authorization: `Bearer ${token}` })).toMatchObject(expected);
  expect(await ask(platform, { cookie: token })).toMatchObject(expected);
  expect(await ask(platform, {})).toBeNull();
});

test("a changed role and a removed membership hold on the next request", async () => {
  const { platform, token, user } = await loggedIn();
  await platformEntities(platform).nativeUpdate(Member, { userId: user.id }, { role: "MEMBER" });
  expect(await ask(platform, { cookie: token })).toMatchObject({ role: "MEMBER" });
  await platformEntities(platform).nativeDelete(Member, { userId: user.id });
  expect(await ask(platform, { cookie: token })).toBeNull();
  await expect(ask(platform, { authorization: `Bearer ${token}` })).rejects.toMatchObject({
    extensions: { code: "UNAUTHENTICATED" },
  });
});

describe("a token counts only when one of our keys signed it, for us", () => {
  const current = "0123456789012345678901234567890123456789";
  const previous = "abcdefghijabcdefghijabcdefghijabcdefghij";
  const right = {
    alg: "HS256",
    kid: "current",
    secret: current,
    issuer: "qlp-monetization",
    audience: "qlp-api",
    expires: "1h",
  };

  test.each([
    { why: "all is right", change: {}, good: true },
    { why: "a key that was rotated still verifies", change: { kid: "previous", secret: previous }, good: true },
    { why: "another algorithm", change: { alg: "HS512" } },
    { why: "an unknown key", change: { kid: "elsewhere" } },
    { why: "another key's secret", change: { secret: previous } },
    { why: "another issuer", change: { issuer: "someone" } },
    { why: "another audience", change: { audience: "someone" } },
    { why: "it has expired", change: { expires: "-1s" } },
  ])("$why", async ({ change, good = false }) => {
    const { platform, token, user } = await loggedIn();
    const rotated = {
      ...platform,
      config: {
        ...platform.config,
        jwtKeys: [
          { id: "current", secret: current },
          { id: "previous", secret: previous },
        ],
      },
    };
    const { alg, kid, secret, issuer, audience, expires } = { ...right, ...change };
    const forged = await new SignJWT({ sid: claimsOf(token).sid })
      .setProtectedHeader({ alg, kid })
      .setSubject(user.id)
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime(expires)
      .sign(new TextEncoder().encode(secret));
    expect((await ask(rotated, { cookie: forged })) !== null).toBe(good);
  });

  test("one without a signature", async () => {
    const { platform, token } = await loggedIn();
    const header = Buffer.from('{"alg":"none","kid":"current"}').toString("base64url");
    expect(await ask(platform, { cookie: `${header}.${token.split(".")[1]}.` })).toBeNull();
  });

  test("one that names another user than its session", async () => {
    const { platform, token } = await loggedIn();
    const other = await loggedIn();
    const forged = await new SignJWT({ sid: claimsOf(token).sid })
      .setProtectedHeader({ alg: "HS256", kid: "current" })
      .setSubject(other.user.id)
      .setIssuer(right.issuer)
      .setAudience(right.audience)
      .setExpirationTime("1h")
      .sign(new TextEncoder().encode(current));
    expect(await ask(platform, { cookie: forged })).toBeNull();
  });
});

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as {
    sid: string;
    exp: number;
    iat: number;
  };

test("a token lives for a day", async () => {
  const { exp, iat } = claimsOf((await loggedIn()).token);
  expect(exp - iat).toBe(86_400);
});

test("a token that was found good is none once its time is over", async () => {
  const { platform, token, user } = await loggedIn();
  const short = await new SignJWT({ sid: claimsOf(token).sid })
    .setProtectedHeader({ alg: "HS256", kid: "current" })
    .setSubject(user.id)
    .setIssuer("qlp-monetization")
    .setAudience("qlp-api")
    .setExpirationTime("1m")
    .sign(new TextEncoder().encode("0123456789012345678901234567890123456789"));
  expect(await ask(platform, { cookie: short })).toMatchObject({ id: user.id });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
  try {
    expect(await ask(platform, { cookie: short })).toBeNull();
    expect(await ask(platform, { cookie: token })).toMatchObject({ id: user.id });
  } finally {
    vi.useRealTimers();
  }
});

test.each([
  { authorization: "Basic YTpi", why: "another scheme" },
  { authorization: "Bearer", why: "no token" },
  { authorization: "Bearer a b", why: "two tokens" },
  { authorization: `Bearer ${"x".repeat(5_000)}`, why: "a token without end" },
])("a header that is no good is an error: $why", async ({ authorization }) => {
  const { platform } = await newWorld();
  await expect(ask(platform, { authorization })).rejects.toMatchObject({ extensions: { code: "UNAUTHENTICATED" } });
});
