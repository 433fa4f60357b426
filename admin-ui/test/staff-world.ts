import { GraphQLError } from "graphql";
import { decisions } from "./decisions";
import { PLANS, STARTER, usd } from "./catalog";
import { connection } from "./connection";
import { DAY_MS } from "./usage";
import { newWorld } from "./world";
import { staffBillingWorld } from "./world-staff-billing";

type Input<T> = { input: T };
type PageArgs = { first?: number; after?: string | null };
type ListArgs = PageArgs & {
  search?: string | null;
  plan?: string | null;
  status?: string | null;
  sort?: string | null;
  direction?: string | null;
};

const id = (number: number) => `00000000-0000-7000-a000-${number.toString().padStart(12, "0")}`;

const PLATFORM = ["staff:read", "staff:money", "staff:platform"];
export const FINANCE = ["staff:read", "staff:money"];
export const SUPPORT = ["staff:read"];

const notFound = () =>
  new GraphQLError("The organization was not found.", { extensions: { code: "NOT_FOUND", requestId: "req-404" } });
export const broken = () =>
  new GraphQLError("Something went wrong.", { extensions: { code: "INTERNAL", requestId: "req-500" } });

/** Thirty organizations with a member of staff at the screen; the first is the Acme of `newWorld`. */
export function newStaffWorld({ permissions = PLATFORM }: { permissions?: readonly string[] } = {}) {
  const world = newWorld();
  const now = Date.now();
  const { organization, subscription } = world;
  world.state.viewer = {
    __typename: "User",
    id: id(1),
    email: "admin@qlp.example",
    role: "PLATFORM_ADMIN",
    organization: null,
    permissions,
    createdAt: new Date(now).toISOString(),
    lastSeenAt: null,
  };

  const another = (number: number) => {
    const isTrial = number % 10 === 0;
    return {
      ...organization,
      id: id(100 + number),
      name: `Customer ${String(number).padStart(2, "0")}`,
      createdAt: new Date(now - number * DAY_MS).toISOString(),
      subscription: {
        ...subscription,
        id: id(200 + number),
        plan: PLANS[number % 2 === 0 ? 2 : 0] ?? STARTER,
        status: isTrial ? "TRIALING" : "ACTIVE",
        trialEndsAt: isTrial ? new Date(now + number * DAY_MS * 0.2).toISOString() : null,
      },
    };
  };
  const organizations = [organization, ...Array.from({ length: 29 }, (_, index) => another(index + 1))];

  const listed = ({ search, plan, status, sort, direction }: ListArgs) => {
    const found = organizations.filter(
      (each) =>
        (!search || each.name.toLowerCase().includes(search.toLowerCase()) || each.id === search) &&
        (!plan || each.subscription.plan.code === plan) &&
        (!status || each.subscription.status === status),
    );
    const key = (each: (typeof found)[number]) => (sort === "NAME" ? each.name : each.createdAt);
    const rising = found.toSorted((a, b) => key(a).localeCompare(key(b)));
    return direction === "ASC" ? rising : rising.toReversed();
  };

  const entry = (number: number, action: string, staff: boolean, rest: object = {}) => ({
    id: id(300 + number),
    at: new Date(now - number * 60_000).toISOString(),
    action,
    actor: staff ? "admin@qlp.example" : "owner@acme.example",
    staff,
    target: "dev@acme.example",
    organization,
    detail: { before: "MEMBER", after: "ADMIN" },
    requestId: `req-${number}`,
    ...rest,
  });
  const entries = [
    entry(1, "member.roleChanged", false),
    entry(2, "organization.read", true, { target: "organization", detail: null }),
    entry(3, "clock.advanced", true, { organization: null }),
  ];
  const usageRoutes = ["generations", "api_calls", "storage", "compute"].map((meter) => ({
    __typename: "UsageRoute",
    id: `${organization.id}:${meter}`,
    meter,
    route: "INVOICE_ITEM",
    next: "INVOICE_ITEM",
    changesAt: null as string | null,
    atStripe: false,
  }));
  Object.assign(organization, { usageRoutes: () => usageRoutes });
  const ofAcme = entries.filter((each) => each.organization === organization);
  Object.assign(organization, { auditLog: (args: PageArgs) => connection(ofAcme, args) });

  const versions = new Map(
    PLANS.map((plan, index) => [
      plan.code,
      [
        {
          __typename: "PlanVersion",
          id: id(400 + index),
          number: 1,
          plan,
          publishedAt: new Date(now - 90 * DAY_MS).toISOString(),
          subscriberCount: index * 5,
        },
      ],
    ]),
  );

  const mail = (number: number, subject: string, text: string, sentAt: string | null, error: string | null) => ({
    id: id(500 + number),
    to: `person${number}@acme.example`,
    subject,
    text,
    createdAt: new Date(now - number * 60_000).toISOString(),
    sentAt,
    error,
  });
  const mails = [
    mail(1, "Join Acme on QLP", "Choose a password: http://127.0.0.1:4000/invitations/abc123.", null, null),
    mail(
      2,
      "Reset your password",
      "Here: http://127.0.0.1:4000/reset-password?token=…",
      new Date(now).toISOString(),
      null,
    ),
    mail(3, "Join Acme on QLP", "…", null, "550 no such mailbox"),
  ];

  let serviceKeys: { id: string; name: string; revokedAt: string | null }[] = [];
  const serviceKey = (number: number, name: string, scopes: readonly string[]) => ({
    __typename: "ApiKey",
    id: id(600 + number),
    name,
    prefix: `qlp_svc${number}`,
    scopes,
    createdAt: new Date(now).toISOString(),
    lastUsedAt: null,
    expiresAt: null,
    revokedAt: null as string | null,
    createdBy: world.state.viewer,
    organization: null,
    permissions: scopes,
  });

  let clock: { now: string } | null = null;
  const setClock = (at: string) => {
    clock = { now: at };
  };

  const calls: { name: string; input: unknown }[] = [];
  const called = (name: string, input: unknown) => calls.push({ name, input });

  const root = Object.assign(
    world.root,
    staffBillingWorld(now, organizations, () => world.billing.state.invoices),
    {
      organization: (args: { id?: string | null } = {}): unknown =>
        organizations.find((each) => each.id === args.id) ?? notFound(),
      organizations: (args: ListArgs): unknown => connection(listed(args), args),
      usageDecisions: (): unknown => decisions(now, [organization]),
      planVersions: ({ code }: { code: string }): unknown => versions.get(code) ?? [],
      mails: (args: PageArgs): unknown => connection(mails, args),
      serviceKeys: () => serviceKeys,
      auditLog: ({ organizationId, ...page }: PageArgs & { organizationId?: string | null }): unknown =>
        connection(
          entries.filter((each) => !organizationId || each.organization?.id === organizationId),
          page,
        ),
      agreePlan: ({ input }: Input<{ plan: string; monthlyPrice: string }>): unknown => {
        called("agreePlan", input);
        if (input.plan === "ENTERPRISE" && Number(input.monthlyPrice) < 2499)
          return { __typename: "PriceTooLow", message: "Enterprise is agreed from $2499.00 a month." };
        const plan = PLANS.find(({ code }) => code === input.plan) ?? STARTER;
        return Object.assign(subscription, { plan, monthlyPrice: usd(input.monthlyPrice), agreed: true });
      },
      setPriceOverride: ({ input }: Input<{ price: Record<string, unknown>; note: string }>): unknown => {
        called("setPriceOverride", input);
        const price = { ...STARTER.prices[0], ...input.price, tiers: [], unitPrice: usd("0.07") };
        const override = { id: id(700), note: input.note, createdAt: new Date(now).toISOString(), price };
        return Object.assign(subscription, { priceOverrides: [override] });
      },
      removePriceOverride: ({ input }: Input<object>): unknown => {
        called("removePriceOverride", input);
        return Object.assign(subscription, { priceOverrides: [] });
      },
      setUsageRoute: ({ input }: Input<{ meter: string; route: string }>): unknown => {
        called("setUsageRoute", input);
        for (const route of usageRoutes.filter(({ meter }) => meter === input.meter))
          Object.assign(route, {
            next: input.route,
            changesAt: route.route === input.route ? null : subscription.currentPeriodEnd,
            atStripe: input.route === "STRIPE_METER",
          });
        return organization;
      },
      publishPlanVersion: ({ input }: Input<{ code: string }>): unknown => {
        called("publishPlanVersion", input);
        const before = versions.get(input.code) ?? [];
        const number = before.length + 1;
        const plan = { ...(PLANS.find(({ code }) => code === input.code) ?? STARTER), version: number };
        const published = {
          __typename: "PlanVersion",
          id: id(450 + number),
          number,
          plan,
          publishedAt: new Date(now).toISOString(),
          subscriberCount: 0,
        };
        versions.set(input.code, [published, ...before]);
        return published;
      },
      voidUsage: ({ input }: Input<{ idempotencyKey: string; reason: string }>): unknown => {
        called("voidUsage", input);
        const event = organization
          .usageEvents({})
          .nodes.find(({ idempotencyKey }) => idempotencyKey === input.idempotencyKey);
        return {
          __typename: "UsageEvent",
          ...event,
          rating: "VOIDED",
          amount: usd("0"),
          voidedAt: new Date(now).toISOString(),
          voidReason: input.reason,
        };
      },
      createServiceKey: ({ input }: Input<{ name: string; scopes: string[] }>): unknown => {
        called("createServiceKey", input);
        const apiKey = serviceKey(serviceKeys.length, input.name, input.scopes);
        serviceKeys = [apiKey, ...serviceKeys];
        return { __typename: "CreatedApiKey", apiKey, secret: "qlp_svc_s3cret" };
      },
      revokeApiKey: ({ input }: Input<{ id: string }>): unknown =>
        Object.assign(serviceKeys.find((key) => key.id === input.id) ?? {}, {
          revokedAt: new Date(now).toISOString(),
        }),
      sandboxClock: (): unknown => clock,
      advanceSandboxClock: ({ input }: Input<{ to: string }>): unknown => {
        called("advanceSandboxClock", input);
        clock = { now: input.to };
        return clock;
      },
    },
  );

  return { ...world, root, calls, organizations, setClock };
}
