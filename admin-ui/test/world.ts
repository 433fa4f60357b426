import { PLANS, STARTER, usd } from "./catalog";
import { connection } from "./connection";
import { DAY_MS, meterUsages, type MockEvent, usageDays, usageEvents } from "./usage";

type PageArgs = { first?: number; after?: string | null };
type Input<T> = { input: T };
type FilterArgs = PageArgs & { filter?: Record<string, unknown> | null };

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

const ID = (number: number) => `00000000-0000-7000-9000-${number.toString().padStart(12, "0")}`;

/**
 * An organization on Starter with its owner at the screen, as the API would answer. Answers can be replaced:
 * `world.root.logIn = () => ({ __typename: "WrongCredentials", message: "..." })`, `world.organization.quotas = ...`.
 */
export function newWorld({ now = new Date(), events: count = 128 }: { now?: Date; events?: number } = {}) {
  const start = new Date(now.getTime() - 21 * DAY_MS);
  const end = new Date(now.getTime() + 9 * DAY_MS);
  let events: MockEvent[] = usageEvents(now, count);
  const rejected: object[] = [
    {
      id: ID(900),
      at: now.toISOString(),
      idempotencyKey: "job-17",
      status: "CONFLICT",
      reason: "The key was used with other content.",
      action: "GENERATION",
      keyPrefix: "qlp_4f2a",
    },
    {
      id: ID(901),
      at: now.toISOString(),
      idempotencyKey: "job-0",
      status: "REJECTED",
      reason: "occurredAt is more than 35 days back.",
      action: "EXPORT",
      keyPrefix: "qlp_4f2a",
    },
  ];

  const user = (number: number, email: string, role: string) => ({
    __typename: "User",
    id: ID(number),
    email,
    role,
    organization: () => organization,
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
    organization: () => organization,
    permissions: scopes,
  });
  let apiKeys = [key(20, "Production", ["usage:write", "usage:read"]), key(21, "Dashboard", ["usage:read"])];

  const subscription = {
    __typename: "Subscription",
    id: ID(10),
    plan: STARTER,
    status: "ACTIVE",
    startedAt: start.toISOString(),
    currentPeriodStart: start.toISOString(),
    currentPeriodEnd: end.toISOString(),
    trialEndsAt: null as string | null,
    trialUsed: false,
    cancelAt: null as string | null,
    monthlyPrice: usd("99"),
    agreed: false,
    priceOverrides: [],
  };

  const filtered = (filter: FilterArgs["filter"]) =>
    events.filter(
      (event) =>
        (!filter?.["complexity"] || event.complexity === filter["complexity"]) &&
        (!filter?.["action"] || event.action === filter["action"]) &&
        (!filter?.["rating"] || event.rating === filter["rating"]) &&
        (!filter?.["late"] || event.late) &&
        (typeof filter?.["search"] !== "string" || event.idempotencyKey.startsWith(filter["search"])),
    );

  const line = (
    number: number,
    kind: string,
    meter: string | null,
    description: string,
    quantity: string,
    amount: string,
    exact: string,
  ) => ({
    id: ID(number),
    kind,
    meter,
    description,
    quantity,
    amount: usd(amount),
    exactAmount: usd(exact),
    roundingDifference: usd("0"),
    estimated: meter === "storage",
    usageEvents: (args: PageArgs) =>
      meter === "generations"
        ? connection(
            events.filter(({ rating }) => rating === "BILLABLE"),
            args,
          )
        : null,
  });

  const organization = {
    __typename: "Organization",
    id: ID(5),
    name: "Acme",
    createdAt: start.toISOString(),
    subscription,
    usage: () => ({
      periodStart: start.toISOString(),
      periodEnd: end.toISOString(),
      meters: meterUsages(events),
      total: usd("12.35"),
      asOf: new Date().toISOString(),
    }),
    usageByDay: () => usageDays(events),
    usageEvents: ({ filter, ...page }: FilterArgs) => connection(filtered(filter), page),
    usageEvent: ({ id }: { id: string }) => ({ ...events.find((event) => event.id === id), organization }),
    rejectedUsage: (args: PageArgs) => connection(rejected, args),
    quotas: () =>
      meterUsages(events).map(({ meter, unit, quantity, included, estimated }) => {
        const limit = STARTER.included.find((allowance) => allowance.meter === meter)?.quantity ?? null;
        return {
          meter,
          unit,
          limit,
          used: quantity,
          remaining: limit === included ? "0" : String(Number(limit) - Number(quantity)),
          resetAt: end.toISOString(),
          limitKind: "OVERAGE",
          estimated,
        };
      }),
    billingPeriods: [
      { id: ID(30), start: start.toISOString(), end: end.toISOString(), open: true, plan: STARTER, trial: false },
      {
        id: ID(31),
        start: new Date(start.getTime() - 30 * DAY_MS).toISOString(),
        end: start.toISOString(),
        open: false,
        plan: STARTER,
        trial: false,
      },
    ],
    upcomingInvoice: () => ({
      lines: [
        line(40, "FEE", null, "Starter, monthly fee", "1", "99.00", "99"),
        line(41, "USAGE", "generations", "Generations past the allowance", "28", "12.10", "12.1"),
        line(42, "USAGE", "storage", "Storage past the allowance", "2.482913", "0.25", "0.2482913"),
      ],
      total: usd("111.35"),
      periodStart: start.toISOString(),
      periodEnd: end.toISOString(),
      dueAt: end.toISOString(),
    }),
    members: (args: PageArgs) => connection(members, args),
    invitations: () => invitations,
    apiKeys: () => apiKeys,
    auditLog: (args: PageArgs) => connection([], args),
  };

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

  const find = <T extends { id: unknown }>(all: readonly T[], id: string): T => {
    const found = all.find((each) => each.id === id);
    if (!found) throw new Error(`nothing has the id ${id}`);
    return found;
  };

  const root = {
    viewer: () => state.viewer,
    plans: PLANS,
    organization: (): unknown => organization,
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
    sandboxClock: null,
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
    renameOrganization: ({ input }: Input<{ name: string }>) => Object.assign(organization, { name: input.name }),
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
    startTrial: (): unknown =>
      Object.assign(subscription, { status: "TRIALING", trialEndsAt: end.toISOString(), trialUsed: true }),
  };

  return {
    root,
    organization,
    subscription,
    state,
    addEvent: (event: MockEvent) => {
      events = [event, ...events];
    },
  };
}

export type World = ReturnType<typeof newWorld>;
