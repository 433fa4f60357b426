import { expect, test } from "vitest";
import { newWorld, PASSWORD, type World } from "../../test/world.ts";
import { newId } from "../platform/id.ts";
import { platformEntities } from "../platform/scope.ts";
import { PasswordReset } from "./password.entity.ts";
import { sendResetLink } from "./request-password-reset.ts";

const CHANGE = `mutation($input: ChangePasswordInput!) { changePassword(input: $input) { __typename ... on Refusal { message } ... on User { email } } }`;
const REQUEST = `mutation($email: String!) { requestPasswordReset(input: { email: $email }) { message } }`;
const RESET = `mutation($input: ResetPasswordInput!) { resetPassword(input: $input) { __typename ... on Refusal { message } ... on Session { token user { email organization { id } } } } }`;
const LOG_IN = `mutation($input: LogInInput!) { logIn(input: $input) { __typename } }`;
const WHO = `{ viewer { __typename } }`;
const NEW_PASSWORD = "another horse, another battery";

const mailsTo = async (world: World, email: string) => {
  const { mails } = await (await world.staff()).get("{ mails(first: 100) { nodes { to subject text sentAt } } }");
  return (mails.nodes as { to: string; subject: string; text: string }[]).filter(({ to }) => to === email);
};

/** What the job does that the request has put into the queue. */
async function resetToken(world: World, email: string): Promise<string> {
  await sendResetLink(world.platform, { resetId: newId(), email });
  const [mail] = await mailsTo(world, email);
  return /token=([\w-]+)/.exec(mail!.text)![1]!;
}

const logInWith = async (world: World, email: string, password: string) =>
  (await world.anyone().get(LOG_IN, { input: { email, password } })).logIn.__typename;

test("a changed password counts from now on, and other sessions end", async () => {
  const world = await newWorld();
  const { owner, email } = await world.organization();
  const other = await world.logIn(email);
  expect(await owner.get(CHANGE, { input: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD } })).toMatchObject({
    changePassword: { __typename: "User", email },
  });
  expect((await other.ask(WHO)).errors).toBeDefined();
  expect(await owner.get(WHO)).toEqual({ viewer: { __typename: "User" } });
  expect(await logInWith(world, email, PASSWORD)).toBe("WrongCredentials");
  expect(await logInWith(world, email, NEW_PASSWORD)).toBe("Session");
  expect(await mailsTo(world, email)).toMatchObject([{ subject: "Your QLP password was changed" }]);
});

test.each([
  { input: { currentPassword: "not the password", newPassword: NEW_PASSWORD }, answer: "WrongCredentials" },
  { input: { currentPassword: PASSWORD, newPassword: "too short" }, answer: "WeakPassword" },
])("$answer changes nothing", async ({ input, answer }) => {
  const world = await newWorld();
  const { owner, email } = await world.organization();
  expect((await owner.get(CHANGE, { input })).changePassword.__typename).toBe(answer);
  expect(await logInWith(world, email, PASSWORD)).toBe("Session");
});

test("known and unknown addresses get the same answer, and an unknown one gets no mail", async () => {
  const world = await newWorld();
  const { email } = await world.organization();
  const unknown = `nobody-${newId()}@example.com`;
  const said = async (address: string) =>
    (await world.anyone().get(REQUEST, { email: address })).requestPasswordReset.message.replace(address, "…");
  expect(await said(email)).toBe(await said(unknown));
  await sendResetLink(world.platform, { resetId: newId(), email: unknown });
  expect(await mailsTo(world, unknown)).toEqual([]);
});

test("a mailed link sets the password once, ends all sessions and logs in", async () => {
  const world = await newWorld();
  const { owner, email, id } = await world.organization();
  const token = await resetToken(world, email);
  const reset = async (newPassword: string) =>
    (await world.anyone().get(RESET, { input: { token, newPassword } })).resetPassword;

  expect((await reset("short")).__typename).toBe("WeakPassword");
  const session = await reset(NEW_PASSWORD);
  expect(session).toMatchObject({ __typename: "Session", user: { email, organization: { id } } });
  expect((await owner.ask(WHO)).errors).toBeDefined();
  expect(await world.anyone(session.token).get(WHO)).toEqual({ viewer: { __typename: "User" } });
  expect((await reset("yet another password")).__typename).toBe("LinkExpired");
  expect(await logInWith(world, email, NEW_PASSWORD)).toBe("Session");
});

test("a link ends after an hour, when another was used, and when it never was one", async () => {
  const world = await newWorld();
  const { email } = await world.organization();
  const reset = async (token: string) =>
    (await world.anyone().get(RESET, { input: { token, newPassword: NEW_PASSWORD } })).resetPassword.__typename;
  const [first, second] = [await resetToken(world, email), await resetToken(world, email)];
  const em = platformEntities(world.platform);
  const [{ createdAt, expiresAt }] = (await em.find(
    PasswordReset,
    { usedAt: null },
    { orderBy: { id: "desc" }, limit: 1 },
  )) as [PasswordReset];
  expect(expiresAt.getTime() - createdAt.getTime()).toBe(3_600_000);

  expect(await reset(second)).toBe("Session");
  expect(await reset(first)).toBe("LinkExpired");
  const third = await resetToken(world, email);
  await em.nativeUpdate(PasswordReset, { usedAt: null }, { expiresAt: new Date() });
  expect(await reset(third)).toBe("LinkExpired");
  expect(await reset("never one")).toBe("LinkExpired");
});

test("of two who open a link at once, one comes too late", async () => {
  const world = await newWorld();
  const { email } = await world.organization();
  const token = await resetToken(world, email);
  const reset = (newPassword: string) => world.anyone().get(RESET, { input: { token, newPassword } });
  const answers = await Promise.all([reset("the first of the two"), reset("the second of the two")]);
  expect(answers.map(({ resetPassword }): string => resetPassword.__typename).toSorted()).toEqual([
    "LinkExpired",
    "Session",
  ]);
});

test("a job that runs twice mails one link", async () => {
  const world = await newWorld();
  const { email } = await world.organization();
  const job = { resetId: newId(), email };
  await sendResetLink(world.platform, job);
  await sendResetLink(world.platform, job);
  expect(await mailsTo(world, email)).toHaveLength(1);
});
