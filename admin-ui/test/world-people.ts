import { connection } from "./connection";
import { find, ID, type Input, type PageArgs, type Span } from "./world-parts";

export const OWNER_PERMISSIONS = [
  "usage:read",
  "billing:read",
  "billing:write",
  "members:read",
  "members:write",
  "keys:read",
  "keys:write",
  "audit:read",
  "organization:write",
];

/** The people of an organization and their keys: fields of `Organization`, and the answers about log-ins, members and keys. */
export function peopleWorld({ now, start, end }: Span, organization: () => object) {
  const user = (number: number, email: string, role: string) => ({
    __typename: "User",
    id: ID(number),
    email,
    role,
    organization,
    permissions: OWNER_PERMISSIONS,
    createdAt: start.toISOString(),
    lastSeenAt: new Date(now.getTime() - number * 3_600_000).toISOString(),
  });
  const owner = user(1, "owner@acme.example", "OWNER");
  let members = [owner, user(2, "billing@acme.example", "BILLING"), user(3, "dev@acme.example", "MEMBER")];
  let invitations: Record<string, unknown>[] = [
    {
      __typename: "Invitation",
      id: ID(50),
      email: "new@acme.example",
      role: "ADMIN",
      expiresAt: end.toISOString(),
      link: "http://127.0.0.1:4000/invitations/abc",
      createdAt: now.toISOString(),
      invitedBy: owner.email,
    },
  ];

  const key = (number: number, name: string, scopes: readonly string[]) => ({
    __typename: "ApiKey",
    id: ID(number),
    name,
    prefix: `qlp_4f2a${number}`,
    scopes,
    createdAt: start.toISOString(),
    lastUsedAt: new Date(now.getTime() - 180_000).toISOString() as string | null,
    expiresAt: null as string | null,
    revokedAt: null as string | null,
    createdBy: owner,
    organization,
    permissions: scopes,
  });
  let apiKeys = [key(20, "Production", ["usage:write", "usage:read"]), key(21, "Dashboard", ["usage:read"])];

  const session = { __typename: "Session", token: "t", expiresAt: end.toISOString(), user: owner };
  let sessions = [
    {
      __typename: "LoginSession",
      id: ID(60),
      createdAt: now.toISOString(),
      lastSeenAt: now.toISOString(),
      expiresAt: end.toISOString(),
      ipAddress: "127.0.0.1",
      userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0",
      current: true,
    },
    {
      __typename: "LoginSession",
      id: ID(61),
      createdAt: start.toISOString(),
      lastSeenAt: start.toISOString(),
      expiresAt: end.toISOString(),
      ipAddress: "203.0.113.7",
      userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Safari/605.1",
      current: false,
    },
  ];
  const state = { viewer: owner as object | null };

  const fields = {
    members: (args: PageArgs) => connection(members, args),
    invitations: () => invitations,
    apiKeys: () => apiKeys,
  };

  const answers = {
    viewer: () => state.viewer,
    invitation: ({ token }: { token: string }): unknown =>
      token === "abc"
        ? {
            email: "new@acme.example",
            role: "ADMIN",
            organizationName: "Acme",
            invitedBy: owner.email,
            expiresAt: end.toISOString(),
          }
        : null,
    sessions: () => sessions,
    logIn: ({ input }: Input<{ email: string; password: string }>): unknown => {
      if (input.password === "wrong")
        return { __typename: "WrongCredentials", message: "E-mail or password is wrong." };
      state.viewer = owner;
      return session;
    },
    signUp: ({ input }: Input<{ email: string }>): unknown => {
      if (input.email === owner.email) return { __typename: "EmailTaken", message: "This address is in use." };
      state.viewer = owner;
      return session;
    },
    logOut: () => {
      state.viewer = null;
      return true;
    },
    endSession: ({ input }: Input<{ id: string }>) => {
      const ended = find(sessions, input.id);
      sessions = sessions.filter(({ id }) => id !== input.id);
      return ended;
    },
    endOtherSessions: () => {
      const others = sessions.filter(({ current }) => !current).length;
      sessions = sessions.filter(({ current }) => current);
      return others;
    },
    changePassword: (): unknown => owner,
    requestPasswordReset: () => ({ message: "If the address is known, a link is on its way." }),
    resetPassword: (): unknown => session,
    acceptInvitation: (): unknown => session,
    inviteMember: ({ input }: Input<{ email: string; role: string }>): unknown => {
      const invitation = {
        __typename: "Invitation",
        id: ID(51 + invitations.length),
        ...input,
        expiresAt: end.toISOString(),
        link: "http://127.0.0.1:4000/invitations/xyz",
        createdAt: now.toISOString(),
        invitedBy: owner.email,
      };
      invitations = [invitation, ...invitations];
      return invitation;
    },
    revokeInvitation: ({ input }: Input<{ id: string }>) => {
      const revoked = invitations.find(({ id }) => id === input.id);
      invitations = invitations.filter((each) => each !== revoked);
      return revoked;
    },
    changeMemberRole: ({ input }: Input<{ userId: string; role: string }>): unknown =>
      input.userId === owner.id
        ? { __typename: "LastOwner", message: "The last owner stays an owner." }
        : Object.assign(find(members, input.userId), { role: input.role }),
    removeMember: ({ input }: Input<{ userId: string }>): unknown => {
      if (input.userId === owner.id) return { __typename: "LastOwner", message: "The last owner cannot go." };
      const removed = find(members, input.userId);
      members = members.filter((each) => each !== removed);
      return removed;
    },
    createApiKey: ({ input }: Input<{ name: string; scopes: string[] }>): unknown => {
      const created = { ...key(22 + apiKeys.length, input.name, input.scopes), lastUsedAt: null };
      apiKeys = [created, ...apiKeys];
      return { __typename: "CreatedApiKey", apiKey: created, secret: "qlp_4f2a_s3cret" };
    },
    rotateApiKey: ({ input }: Input<{ id: string }>): unknown => {
      const created = { ...find(apiKeys, input.id), id: ID(22 + apiKeys.length), lastUsedAt: null };
      apiKeys = [created, ...apiKeys];
      return { __typename: "CreatedApiKey", apiKey: created, secret: "qlp_4f2a_n3w" };
    },
    revokeApiKey: ({ input }: Input<{ id: string }>) =>
      Object.assign(find(apiKeys, input.id), { revokedAt: now.toISOString() }),
  };

  return { fields, answers, state };
}
