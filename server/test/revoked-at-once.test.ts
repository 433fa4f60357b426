import pg from "pg";
import { expect, test } from "vitest";
import { testDatabase } from "./setup/test-database.ts";
import { type Asker, newWorld, PASSWORD, type World } from "./world.ts";

const INVOICES = "{ organization { id invoices(first: 1) { nodes { id } } } }";
const RENAME = `mutation($input: RenameOrganizationInput!) { renameOrganization(input: $input) { __typename } }`;

/** Asks so often that text, token and compiled query are all known. */
async function warm(asker: Asker, query = INVOICES): Promise<void> {
  for (let time = 0; time < 4; time += 1) await asker.get(query);
}

/** Keeps asking, a few at a time, until told to stop. */
function keepAsking(asker: Asker): () => Promise<void> {
  let going = true;
  const lines = Array.from({ length: 8 }, async () => {
    while (going) await asker.ask(INVOICES);
  });
  return async () => {
    going = false;
    await Promise.all(lines);
  };
}

/** Many at once, all sent after what was taken away is gone. */
const codesOf = async (asker: Asker, query = INVOICES): Promise<unknown[]> => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => asker.ask(query)));
  return [...new Set(answers.map(({ errors, status }) => `${status} ${errors?.[0]?.extensions.code ?? "OK"}`))];
};

async function member(world: World, owner: Asker, role: string): Promise<{ person: Asker; id: string }> {
  const email = `member-${Math.random().toString(36).slice(2)}@example.com`;
  const { inviteMember } = await owner.get(
    `mutation($input: InviteMemberInput!) { inviteMember(input: $input) { ... on Invitation { link } } }`,
    { input: { email, role } },
  );
  const token = inviteMember.link.slice(inviteMember.link.lastIndexOf("/") + 1);
  const { acceptInvitation } = await world
    .anyone()
    .get(
      `mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { ... on Session { token user { id } } } }`,
      {
        input: { token, password: PASSWORD },
      },
    );
  return { person: world.anyone(acceptInvitation.token), id: acceptInvitation.user.id };
}

test("a session that was ended is refused on the very next request, under load as well", async () => {
  const world = await newWorld();
  const { owner, email } = await world.organization();
  const other = await world.logIn(email);
  await warm(other);
  const { sessions } = await other.get("{ sessions { id current } }");
  const stop = keepAsking(other);
  await owner.get("mutation($id: ID!) { endSession(input: { id: $id }) { ... on LoginSession { id } } }", {
    id: sessions.find(({ current }: { current: boolean }) => current).id,
  });
  expect(await codesOf(other)).toEqual(["401 UNAUTHENTICATED"]);
  await stop();
  await warm(owner);
});

test("a role that was taken away is missed on the very next request, and one that was given holds on it", async () => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const { person, id } = await member(world, owner, "ADMIN");
  const change = (role: string): Promise<unknown> =>
    owner.get(`mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { __typename } }`, {
      input: { userId: id, role },
    });
  const keys = "{ organization { id apiKeys { id } } }";
  await warm(person, keys);
  for (let time = 0; time < 3; time += 1) {
    await change("MEMBER");
    expect(await codesOf(person, keys)).toEqual(["200 FORBIDDEN"]);
    await change("ADMIN");
    expect(await codesOf(person, keys)).toEqual(["200 OK"]);
  }
});

test("a member who was removed is refused on the very next request", async () => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const { person, id } = await member(world, owner, "ADMIN");
  await warm(person);
  const stop = keepAsking(person);
  await owner.get(`mutation($input: RemoveMemberInput!) { removeMember(input: $input) { __typename } }`, {
    input: { userId: id },
  });
  expect(await codesOf(person)).toEqual(["401 UNAUTHENTICATED"]);
  await stop();
});

test("a key that was revoked is refused on the very next request, for what is compiled too", async () => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const key = await world.apiKey(owner, ["billing:read"]);
  await warm(key);
  const { organization } = await owner.get("{ organization { apiKeys { id } } }");
  const stop = keepAsking(key);
  await owner.get(`mutation($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { __typename } }`, {
    input: { id: organization.apiKeys[0].id },
  });
  expect(await codesOf(key)).toEqual(["401 UNAUTHENTICATED"]);
  await stop();
});

test("what one asker wrote, the next query reads, whoever asks", async () => {
  const world = await newWorld();
  const { owner, email } = await world.organization();
  const other = await world.logIn(email);
  const named = "{ organization { id name } }";
  await Promise.all([warm(owner, named), warm(other, named)]);
  for (let time = 0; time < 6; time += 1) {
    const name = `Renamed ${time}`;
    await owner.get(RENAME, { input: { name } });
    expect((await other.get(named)).organization.name).toBe(name);
  }
});

test("a look-up that fails fails those who share it and no one after them", async () => {
  const world = await newWorld();
  const [a, b] = [await world.organization(), await world.organization()];
  await Promise.all([warm(a.owner), warm(b.owner)]);
  const admin = new pg.Client({ connectionString: (await testDatabase()).adminUrl });
  await admin.connect();
  try {
    await admin.query("alter table sessions rename to sessions_elsewhere");
    expect(await codesOf(a.owner)).toEqual(["500 INTERNAL"]);
    await admin.query("alter table sessions_elsewhere rename to sessions");
    const answers = await Promise.all([a, b, a, b].map(({ owner }) => owner.get(INVOICES)));
    expect(answers.map(({ organization }) => organization.id)).toEqual([a.id, b.id, a.id, b.id]);
  } finally {
    await admin.end();
  }
});
