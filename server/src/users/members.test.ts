import { describe, expect, test } from "vitest";
import { type Asker, newWorld, PASSWORD, type World } from "../../test/world.ts";
import { newId } from "../platform/id.ts";
import { platformEntities } from "../platform/scope.ts";
import { Invitation } from "./invitation.entity.ts";
import type { UserRole } from "./role.ts";

const INVITE = `mutation($input: InviteMemberInput!) { inviteMember(input: $input) { __typename ... on Refusal { message } ... on Invitation { id email role link expiresAt invitedBy } } }`;
const ACCEPT = `mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { __typename ... on Refusal { message } ... on Session { token user { id email role organization { id name } permissions } } } }`;
const ROLE = `mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { __typename ... on Refusal { message } ... on User { id role } } }`;
const REMOVE = `mutation($input: RemoveMemberInput!) { removeMember(input: $input) { __typename ... on Refusal { message } ... on User { id email role } } }`;
const PREVIEW = `query($token: String!) { invitation(token: $token) { email role organizationName invitedBy expiresAt } }`;
const MEMBERS = `{ organization { id members { nodes { email role } } } }`;
const WHO = `{ viewer { __typename ... on User { id role } } }`;

const newEmail = () => `person-${newId().slice(-12)}@example.com`;
const tokenOf = (link: string) => link.slice(link.lastIndexOf("/") + 1);

/** A person who was invited and has accepted. */
async function join(
  world: World,
  inviter: Asker,
  role: UserRole,
): Promise<{ person: Asker; id: string; email: string }> {
  const email = newEmail();
  const { inviteMember } = await inviter.get(INVITE, { input: { email, role } });
  const { acceptInvitation } = await world
    .anyone()
    .get(ACCEPT, { input: { token: tokenOf(inviteMember.link), password: PASSWORD } });
  return { person: world.anyone(acceptInvitation.token), id: acceptInvitation.user.id, email };
}

describe("an invitation", () => {
  test("lets one person in, once, with its role", async () => {
    const world = await newWorld();
    const { owner, id, name, email: ownerEmail } = await world.organization();
    const email = newEmail();
    const { inviteMember } = await owner.get(INVITE, { input: { email: email.toUpperCase(), role: "BILLING" } });
    expect(inviteMember).toMatchObject({ __typename: "Invitation", email, role: "BILLING", invitedBy: ownerEmail });

    const token = tokenOf(inviteMember.link);
    expect((await world.anyone().get(PREVIEW, { token })).invitation).toMatchObject({
      email,
      role: "BILLING",
      organizationName: name,
      invitedBy: ownerEmail,
    });

    const accepted = await world.anyone().get(ACCEPT, { input: { token, password: PASSWORD } });
    expect(accepted.acceptInvitation).toMatchObject({
      __typename: "Session",
      user: {
        email,
        role: "BILLING",
        organization: { id, name },
        permissions: ["usage:read", "tickets:write", "billing:read", "billing:write"],
      },
    });
    expect(await world.anyone().get(PREVIEW, { token })).toEqual({ invitation: null });
    expect(
      (await world.anyone().get(ACCEPT, { input: { token, password: PASSWORD } })).acceptInvitation.__typename,
    ).toBe("LinkExpired");
    expect((await owner.get("{ organization { id invitations { id } } }")).organization.invitations).toEqual([]);
  });

  test("that two accept at once lets one in", async () => {
    const world = await newWorld();
    const { owner } = await world.organization();
    const { inviteMember } = await owner.get(INVITE, { input: { email: newEmail(), role: "MEMBER" } });
    const accept = () =>
      world.anyone().get(ACCEPT, { input: { token: tokenOf(inviteMember.link), password: PASSWORD } });
    const answers = await Promise.all([accept(), accept()]);
    expect(answers.map(({ acceptInvitation }): string => acceptInvitation.__typename).toSorted()).toEqual([
      "LinkExpired",
      "Session",
    ]);
  });

  test("stays good after a weak password, and ends when it is revoked, replaced or a week old", async () => {
    const world = await newWorld();
    const { owner } = await world.organization();
    const email = newEmail();
    const invite = async () => (await owner.get(INVITE, { input: { email, role: "MEMBER" } })).inviteMember;
    const accept = async (link: string, password = PASSWORD) =>
      (await world.anyone().get(ACCEPT, { input: { token: tokenOf(link), password } })).acceptInvitation.__typename;

    const first = await invite();
    expect(await accept(first.link, "short")).toBe("WeakPassword");
    const second = await invite();
    expect(await accept(first.link)).toBe("LinkExpired");
    await owner.get(`mutation($id: ID!) { revokeInvitation(input: { id: $id }) { ... on Invitation { id } } }`, {
      id: second.id,
    });
    expect(await accept(second.link)).toBe("LinkExpired");

    const third = await invite();
    expect(new Date(third.expiresAt).getTime() - Date.now()).toBeGreaterThan(7 * 86_400_000 - 60_000);
    await platformEntities(world.platform).nativeUpdate(Invitation, { id: third.id }, { expiresAt: new Date() });
    expect(await accept(third.link)).toBe("LinkExpired");
    expect(await accept(`${third.link}x`)).toBe("LinkExpired");
  });

  test("is refused for an e-mail that has a log-in, here or elsewhere", async () => {
    const world = await newWorld();
    const { owner, email } = await world.organization();
    const { email: stranger } = await world.organization();
    for (const taken of [email, stranger]) {
      expect((await owner.get(INVITE, { input: { email: taken, role: "MEMBER" } })).inviteMember.__typename).toBe(
        "EmailTaken",
      );
    }
  });

  test("of two organizations to one person: the first that is accepted counts", async () => {
    const world = await newWorld();
    const email = newEmail();
    const invite = async () =>
      (await (await world.organization()).owner.get(INVITE, { input: { email, role: "MEMBER" } })).inviteMember.link;
    const [first, second] = [await invite(), await invite()];
    const accept = async (link: string) =>
      (await world.anyone().get(ACCEPT, { input: { token: tokenOf(link), password: PASSWORD } })).acceptInvitation
        .__typename;
    expect(await accept(first)).toBe("Session");
    expect(await accept(second)).toBe("EmailTaken");
  });

  test("shows its link only to those who may give its role", async () => {
    const world = await newWorld();
    const { owner, id } = await world.organization();
    const { person: admin } = await join(world, owner, "ADMIN");
    const { inviteMember } = await owner.get(INVITE, { input: { email: newEmail(), role: "OWNER" } });
    const links = async (asker: Asker) =>
      (await asker.get(`query($id: ID) { organization(id: $id) { id invitations { link } } }`, { id })).organization
        .invitations;
    expect(await links(owner)).toEqual([{ link: inviteMember.link }]);
    for (const asker of [admin, await world.staff()]) expect((await links(asker))[0].link).toMatch(/\/invitations\/…$/);
  });
});

describe("who gives and takes which role", () => {
  test("an ADMIN neither makes an OWNER nor touches one; a key stays below both", async () => {
    const world = await newWorld();
    const { owner } = await world.organization();
    const { person: admin, id: adminId } = await join(world, owner, "ADMIN");
    const { id: memberId } = await join(world, admin, "MEMBER");
    const key = await world.apiKey(owner, ["members:write", "usage:read"]);
    const ownerId = (await owner.get(WHO)).viewer.id;
    const refused = { __typename: "RoleNotAllowed" };

    expect((await admin.get(INVITE, { input: { email: newEmail(), role: "OWNER" } })).inviteMember).toMatchObject(
      refused,
    );
    expect((await admin.get(ROLE, { input: { userId: memberId, role: "OWNER" } })).changeMemberRole).toMatchObject(
      refused,
    );
    expect((await admin.get(ROLE, { input: { userId: ownerId, role: "MEMBER" } })).changeMemberRole).toMatchObject(
      refused,
    );
    expect((await admin.get(REMOVE, { input: { userId: ownerId } })).removeMember).toMatchObject(refused);
    expect((await owner.get(INVITE, { input: { email: newEmail(), role: "FINANCE" } })).inviteMember).toMatchObject(
      refused,
    );

    expect((await key.get(INVITE, { input: { email: newEmail(), role: "ADMIN" } })).inviteMember).toMatchObject(
      refused,
    );
    expect((await key.get(REMOVE, { input: { userId: adminId } })).removeMember).toMatchObject(refused);
    expect((await key.get(ROLE, { input: { userId: memberId, role: "BILLING" } })).changeMemberRole).toEqual({
      __typename: "User",
      id: memberId,
      role: "BILLING",
    });
  });

  test("nobody raises their own role, also not sideways", async () => {
    const world = await newWorld();
    const { owner } = await world.organization();
    const { person: admin, id } = await join(world, owner, "ADMIN");
    for (const role of ["OWNER", "BILLING"]) {
      expect((await admin.get(ROLE, { input: { userId: id, role } })).changeMemberRole.__typename).toBe(
        "RoleNotAllowed",
      );
    }
    expect((await admin.get(ROLE, { input: { userId: id, role: "MEMBER" } })).changeMemberRole).toMatchObject({
      role: "MEMBER",
    });
    expect((await admin.ask(ROLE, { input: { userId: id, role: "ADMIN" } })).errors).toMatchObject([
      { extensions: { code: "FORBIDDEN" } },
    ]);
  });

  test("BILLING and MEMBER manage nobody and see nobody", async () => {
    const world = await newWorld();
    const { owner } = await world.organization();
    for (const role of ["BILLING", "MEMBER"] as const) {
      const { person } = await join(world, owner, role);
      expect((await person.ask(INVITE, { input: { email: newEmail(), role: "MEMBER" } })).errors).toMatchObject([
        { extensions: { code: "FORBIDDEN" } },
      ]);
      expect((await person.ask(MEMBERS)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    }
  });
});

describe("the last owner stays", () => {
  test("alone, they can neither go nor step back", async () => {
    const world = await newWorld();
    const { owner } = await world.organization();
    const { id } = (await owner.get(WHO)).viewer;
    expect((await owner.get(REMOVE, { input: { userId: id } })).removeMember.__typename).toBe("LastOwner");
    expect((await owner.get(ROLE, { input: { userId: id, role: "ADMIN" } })).changeMemberRole.__typename).toBe(
      "LastOwner",
    );
  });

  test.each([REMOVE, ROLE])("of two who leave at the same time one stays (%#)", async (operation) => {
    const world = await newWorld();
    const { owner: first } = await world.organization();
    const { person: second, id: secondId } = await join(world, first, "OWNER");
    const firstId = (await first.get(WHO)).viewer.id;
    const input = (userId: string) => ({ input: { userId, ...(operation === ROLE && { role: "MEMBER" }) } });
    const answers = await Promise.all([first.get(operation, input(firstId)), second.get(operation, input(secondId))]);
    const names = answers.map((answer): string => (answer.removeMember ?? answer.changeMemberRole).__typename);
    expect(names.toSorted()).toEqual(["LastOwner", "User"]);
  });
});

test("a removed member is out at once, their keys stay, and their e-mail is free", async () => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const { person, id, email } = await join(world, owner, "ADMIN");
  const key = await world.apiKey(person, ["usage:read"]);

  expect((await owner.get(REMOVE, { input: { userId: id } })).removeMember).toEqual({
    __typename: "User",
    id,
    email,
    role: "ADMIN",
  });
  expect((await person.ask(WHO)).errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
  expect(await key.get("{ viewer { ... on ApiKey { createdBy { id } } } }")).toEqual({ viewer: { createdBy: null } });
  expect((await owner.ask(REMOVE, { input: { userId: id } })).errors).toMatchObject([
    { extensions: { code: "NOT_FOUND" } },
  ]);

  const { inviteMember } = await owner.get(INVITE, { input: { email, role: "MEMBER" } });
  const { acceptInvitation } = await world
    .anyone()
    .get(ACCEPT, { input: { token: tokenOf(inviteMember.link), password: PASSWORD } });
  expect(acceptInvitation.user).toMatchObject({ email, role: "MEMBER" });
  expect(acceptInvitation.user.id).not.toBe(id);
});

test("a changed role holds on the member's next request", async () => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const { person, id } = await join(world, owner, "MEMBER");
  await owner.get(ROLE, { input: { userId: id, role: "ADMIN" } });
  expect(await person.get(WHO)).toMatchObject({ viewer: { id, role: "ADMIN" } });
  expect((await person.get(MEMBERS)).organization.members.nodes).toHaveLength(2);
});

test("members of another organization are neither seen nor changed", async () => {
  const world = await newWorld();
  const { owner, email } = await world.organization();
  const { owner: stranger } = await world.organization();
  const { id } = (await owner.get(WHO)).viewer;
  for (const userId of [id, "nobody"]) {
    expect((await stranger.ask(REMOVE, { input: { userId } })).errors).toMatchObject([
      { extensions: { code: "NOT_FOUND" } },
    ]);
    expect((await stranger.ask(ROLE, { input: { userId, role: "MEMBER" } })).errors).toMatchObject([
      { extensions: { code: "NOT_FOUND" } },
    ]);
  }
  expect(JSON.stringify(await stranger.get(MEMBERS))).not.toContain(email);
});

test("members come in pages, in the order they joined", async () => {
  const world = await newWorld();
  const { owner, email } = await world.organization();
  const others = [await join(world, owner, "MEMBER"), await join(world, owner, "BILLING")];
  const page = `query($after: String) { organization { id members(first: 2, after: $after) { nodes { email } pageInfo { hasNextPage endCursor } } } }`;
  const first = (await owner.get(page)).organization.members;
  expect(first).toMatchObject({ nodes: [{ email }, { email: others[0]!.email }], pageInfo: { hasNextPage: true } });
  const second = (await owner.get(page, { after: first.pageInfo.endCursor })).organization.members;
  expect(second).toMatchObject({ nodes: [{ email: others[1]!.email }], pageInfo: { hasNextPage: false } });
  expect((await owner.ask(page, { after: "WyJ4Il0" })).errors).toMatchObject([
    { extensions: { code: "BAD_USER_INPUT" } },
  ]);
});
