import { PLANS, STARTER, usd } from "./catalog";
import { connection } from "./connection";
import { DAY_MS } from "./usage";
import { limitsWorld } from "./world-limits";
import { billingStanding, billingWorld } from "./world-billing";
import { peopleWorld } from "./world-people";
import { ID, type Input, type PageArgs } from "./world-parts";
import { webhooksWorld } from "./world-webhooks";
import { usageWorld } from "./world-usage";

/**
 * An organization on Starter with its owner at the screen, as the API would answer. Answers can be replaced:
 * `world.root.logIn = () => ({ __typename: "WrongCredentials", message: "..." })`, `world.organization.quotas = ...`.
 */
export function newWorld({ now = new Date(), events = 128 }: { now?: Date; events?: number } = {}) {
  const start = new Date(now.getTime() - 21 * DAY_MS);
  const end = new Date(now.getTime() + 9 * DAY_MS);
  const span = { now, start, end };
  const people = peopleWorld(span, () => organization);
  const webhooks = webhooksWorld(span);
  const limits = limitsWorld(span);
  const usage = usageWorld(span, events, () => organization);
  const billing = billingWorld(
    span,
    () => subscription,
    () => organization,
    usage.events,
  );

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
    ...billingStanding(),
  };

  const organization = {
    __typename: "Organization",
    id: ID(5),
    name: "Acme",
    createdAt: start.toISOString(),
    subscription,
    ...usage.fields,
    ...limits.fields,
    ...billing.fields,
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
    ...people.fields,
    ...webhooks.fields,
    auditLog: (args: PageArgs) => connection([], args),
  };

  const root = {
    plans: PLANS,
    organization: (): unknown => organization,
    sandboxClock: (): unknown => null,
    ...people.answers,
    ...webhooks.answers,
    ...limits.answers,
    ...billing.answers,
    renameOrganization: ({ input }: Input<{ name: string }>) => Object.assign(organization, { name: input.name }),
    startTrial: (): unknown =>
      Object.assign(subscription, { status: "TRIALING", trialEndsAt: end.toISOString(), trialUsed: true }),
  };

  return {
    root,
    organization,
    subscription,
    billing,
    limits: limits.state,
    state: people.state,
    addEvent: usage.addEvent,
  };
}

export type World = ReturnType<typeof newWorld>;
