import { describe, expect, test } from "vitest";
import { newWorld, PASSWORD, type World } from "../../test/world.ts";
import { newId } from "../platform/id.ts";
import { platformEntities } from "../platform/scope.ts";
import { LoginSession } from "./login-session.entity.ts";

const LOG_IN = `mutation($input: LogInInput!) { logIn(input: $input) { __typename ... on Refusal { message } ... on Session { token expiresAt user { id email role organization { id name } } } } }`;
const SESSIONS = `{ sessions { id current ipAddress userAgent createdAt lastSeenAt expiresAt } }`;
const END = `mutation($id: ID!) { endSession(input: { id: $id }) { ... on LoginSession { id current } } }`;
const WHO = `{ viewer { __typename ... on User { email } } }`;

/** Asks from one address and with one cookie, as a browser does. */
async function browse(
  { server }: World,
  query: string,
  more: { variables?: object; cookie?: string; address?: string; preflight?: boolean } = {},
) {
  const response = await server.inject({
    method: "POST",
    url: "/graphql",
    remoteAddress: more.address ?? "192.0.2.1",
    headers: {
      "content-type": "application/json",
      ...(more.cookie !== undefined && { cookie: `qlp_session=${more.cookie}` }),
    },
    payload: JSON.stringify({ query, variables: more.variables ?? {} }),
  });
  return {
    ...response.json<{ data: any; errors?: any[] }>(),
    headers: response.headers,
    cookie: String(response.headers["set-cookie"] ?? ""),
  };
}

test("a log-in answers a token, and a cookie that no script reads and no other site sends along", async () => {
  const world = await newWorld();
  const { email, id, name } = await world.organization();
  const { data, cookie } = await browse(world, LOG_IN, {
    variables: { input: { email: ` ${email.toUpperCase()} `, password: PASSWORD } },
  });
  expect(data.logIn).toMatchObject({
    __typename: "Session",
    user: { email, role: "OWNER", organization: { id, name } },
  });
  expect(cookie).toBe(`qlp_session=${data.logIn.token}; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax`);
  expect((await browse(world, WHO, { cookie: data.logIn.token })).data).toEqual({
    viewer: { __typename: "User", email },
  });
});

test("staff log in too, and belong to no organization", async () => {
  const world = await newWorld();
  const admin = await world.staff("FINANCE");
  expect(await admin.get(`{ viewer { ... on User { role organization { id } permissions } } }`)).toEqual({
    viewer: { role: "FINANCE", organization: null, permissions: ["staff:read", "staff:money"] },
  });
});

test("a wrong password and an unknown e-mail get the same answer, in about the same time", async () => {
  const world = await newWorld();
  const { email } = await world.organization();
  const attempt = async (input: object) => {
    const startedAt = performance.now();
    const { data } = await world.anyone().ask(LOG_IN, { input });
    return { answer: data.logIn, ms: performance.now() - startedAt };
  };
  const [known, unknown] = [[], []] as [number[], number[]];
  for (let round = 0; round < 5; round += 1) {
    const wrong = await attempt({ email, password: "not the password" });
    const nobody = await attempt({ email: `nobody-${newId()}@example.com`, password: "not the password" });
    expect(wrong.answer).toEqual(nobody.answer);
    expect(wrong.answer.__typename).toBe("WrongCredentials");
    known.push(wrong.ms);
    unknown.push(nobody.ms);
  }
  // Without the decoy the unknown one would be many times faster.
  expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 3);
});

test("a cookie that is no good counts as none; a bearer token that is no good is an error", async () => {
  const world = await newWorld();
  const { email } = await world.organization();
  const logIn = await browse(world, LOG_IN, { variables: { input: { email, password: PASSWORD } }, cookie: "stale" });
  expect(logIn.data.logIn.__typename).toBe("Session");
  const { errors } = await world.anyone("stale").ask(LOG_IN, { input: { email, password: PASSWORD } });
  expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
});

describe("sessions", () => {
  test("are listed newest first, the one that asks marked", async () => {
    const world = await newWorld();
    const { owner, email } = await world.organization();
    const later = await world.logIn(email);
    const { sessions } = await owner.get(SESSIONS);
    expect(sessions.map(({ current }: { current: boolean }) => current)).toEqual([false, true]);
    expect(sessions[0].ipAddress).toMatch(/^10\./);
    expect((await later.get(SESSIONS)).sessions[0].current).toBe(true);
  });

  test("end one by one, or all others at once, and their tokens with them", async () => {
    const world = await newWorld();
    const { owner, email } = await world.organization();
    const [second, third, fourth] = [await world.logIn(email), await world.logIn(email), await world.logIn(email)];
    const { sessions } = await second.get(SESSIONS);
    const { id } = sessions.find(({ current }: { current: boolean }) => current);
    expect(await owner.get(END, { id })).toEqual({ endSession: { id, current: false } });
    expect((await second.ask(WHO)).errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);

    expect(await owner.get("mutation { endOtherSessions }")).toEqual({ endOtherSessions: 2 });
    for (const ended of [third, fourth]) expect((await ended.ask(WHO)).errors).toBeDefined();
    expect(await owner.get(WHO)).toMatchObject({ viewer: { email } });
    expect(await owner.get("mutation { endOtherSessions }")).toEqual({ endOtherSessions: 0 });
  });

  test("of other people are not found, and keys have none", async () => {
    const world = await newWorld();
    const { owner } = await world.organization();
    const { owner: stranger } = await world.organization();
    const [{ id }] = (await owner.get(SESSIONS)).sessions;
    expect((await stranger.ask(END, { id })).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    const key = await world.apiKey(owner, ["usage:read"]);
    expect((await key.ask(SESSIONS)).errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
    expect(await owner.get(WHO)).toBeDefined();
  });

  test("end with the log-out, which takes the cookie back, and answers true also when there was none", async () => {
    const world = await newWorld();
    const { owner } = await world.organization();
    const { data, cookie } = await browse(world, "mutation { logOut }", { cookie: owner.token ?? "" });
    expect(data).toEqual({ logOut: true });
    expect(cookie).toMatch(/^qlp_session=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await owner.ask(WHO)).errors).toBeDefined();
    expect((await browse(world, "mutation { logOut }")).data).toEqual({ logOut: true });
  });

  test("end after a day of real time", async () => {
    const world = await newWorld();
    const { owner } = await world.organization();
    const [{ id, expiresAt, createdAt }] = (await owner.get(SESSIONS)).sessions;
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBeGreaterThan(86_398_000);
    await platformEntities(world.platform).nativeUpdate(LoginSession, { id }, { expiresAt: new Date() });
    expect((await owner.ask(WHO)).errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
  });
});

describe("guessing", () => {
  const guess = async (world: World, email: string, address: string, password = "a wrong guess") =>
    browse(world, LOG_IN, { variables: { input: { email, password } }, address });

  test("is stopped for an account after ten failures, wherever they come from, until time has passed", async () => {
    const world = await newWorld();
    const { email } = await world.organization();
    for (let round = 1; round <= 10; round += 1)
      expect((await guess(world, email, `198.51.100.${round}`)).data.logIn.__typename).toBe("WrongCredentials");
    const { errors, headers } = await guess(world, email, "198.51.100.99", PASSWORD);
    expect(errors?.[0].extensions.code).toBe("RATE_LIMITED");
    expect(errors?.[0].extensions.retryAfterSeconds).toBeGreaterThan(800);
    expect(headers["retry-after"]).toBe(String(errors?.[0].extensions.retryAfterSeconds));
  });

  test("at the same time is counted too", async () => {
    const world = await newWorld();
    const { email } = await world.organization();
    const answers = await Promise.all(
      Array.from({ length: 15 }, (_, index) => guess(world, email, `198.51.101.${index}`)),
    );
    expect(answers.filter(({ errors }) => errors?.[0].extensions.code === "RATE_LIMITED")).toHaveLength(5);
  });

  test("is forgiven by the right password", async () => {
    const world = await newWorld();
    const { email } = await world.organization();
    for (let round = 1; round <= 9; round += 1) await guess(world, email, `198.51.102.${round}`);
    expect((await guess(world, email, "198.51.102.10", PASSWORD)).data.logIn.__typename).toBe("Session");
    for (let round = 1; round <= 10; round += 1)
      expect((await guess(world, email, `198.51.102.${round}`)).data.logIn.__typename).toBe("WrongCredentials");
  });

  test("is stopped for an address after a hundred failures, whoever they are for", async () => {
    const world = await newWorld();
    const { email } = await world.organization();
    const address = "198.51.103.1";
    for (let round = 0; round < 100; round += 10) {
      await Promise.all(
        Array.from({ length: 10 }, (_, index) => guess(world, `nobody-${round + index}@example.com`, address)),
      );
    }
    expect((await guess(world, email, address, PASSWORD)).errors?.[0].extensions.code).toBe("RATE_LIMITED");
    expect((await guess(world, email, "198.51.103.2", PASSWORD)).data.logIn.__typename).toBe("Session");
  });
});
