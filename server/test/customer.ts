import type { PlanCode, PlanTerms, PriceTerms } from "../src/catalog/plan-terms.ts";
import { defaultCatalog } from "../src/catalog/default-catalog.ts";
import { type MeterCode, meterCodes } from "../src/rating/meter.ts";
import type { Answer, Asker, World } from "./world.ts";

export type Money = { readonly amount: string; readonly currency?: string };

export type Outcome = {
  readonly idempotencyKey: string;
  readonly status: "ACCEPTED" | "DUPLICATE" | "CONFLICT" | "REJECTED";
  readonly reason: string | null;
  readonly event: RecordedEvent | null;
};

export type RecordedEvent = {
  readonly id: string;
  readonly idempotencyKey: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly late: boolean;
  readonly trial: boolean;
  readonly failed: boolean;
  readonly rating: string;
  readonly amount: Money;
  readonly ratings: readonly {
    readonly meter: MeterCode;
    readonly quantity: string;
    readonly included: string;
    readonly billable: string;
    readonly overLimit: string;
    readonly amount: Money;
    readonly unitPrice: Money | null;
    readonly multiplier: string;
    readonly adjustments: readonly { readonly reason: string; readonly amount: Money; readonly included: string }[];
  }[];
};

export type MeterUsage = {
  readonly meter: MeterCode;
  readonly quantity: string;
  readonly included: string;
  readonly billable: string;
  readonly overLimit: string;
  readonly amount: Money;
  readonly credit: Money;
  readonly estimated: boolean;
  readonly currentBytes: string | null;
  readonly byComplexity: readonly { readonly complexity: string; readonly quantity: string; readonly amount: Money }[];
};

export type Usage = {
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly total: Money;
  readonly meters: Readonly<Record<MeterCode, MeterUsage>>;
};

export type Quota = {
  readonly meter: MeterCode;
  readonly limit: string | null;
  readonly used: string;
  readonly remaining: string | null;
  readonly resetAt: string;
  readonly limitKind: string;
};

export type Upcoming = {
  readonly total: Money;
  readonly lines: readonly {
    readonly id: string;
    readonly kind: "FEE" | "USAGE" | "CREDIT";
    readonly meter: MeterCode | null;
    readonly quantity: string;
    readonly amount: Money;
    readonly exactAmount: Money;
    readonly roundingDifference: Money;
  }[];
};

const EVENT = `id idempotencyKey occurredAt recordedAt late trial failed rating amount { amount }
  ratings { meter quantity included billable overLimit amount { amount } unitPrice { amount } multiplier adjustments { reason included amount { amount } } }`;
const RECORD = `mutation($input: RecordUsageInput!) { recordUsage(input: $input) { accepted duplicates rejected outcomes { idempotencyKey status reason event { ${EVENT} } } } }`;
const USAGE = `periodStart periodEnd total { amount } meters { meter quantity included billable overLimit estimated currentBytes
  amount { amount } credit { amount } byComplexity { complexity quantity amount { amount } } }`;

type RawUsage = Omit<Usage, "meters"> & { readonly meters: readonly MeterUsage[] };

const byMeter = ({ meters, ...usage }: RawUsage): Usage => ({
  ...usage,
  meters: Object.fromEntries(meters.map((meter) => [meter.meter, meter])) as Usage["meters"],
});

/** One organization as its own people, its key and QLP's staff see it. */
export class Customer {
  readonly world: World;
  readonly id: string;
  readonly owner: Asker;
  /** A key that writes and reads usage. */
  readonly key: Asker;
  readonly staff: Asker;

  constructor(world: World, id: string, owner: Asker, key: Asker, staff: Asker) {
    this.world = world;
    this.id = id;
    this.owner = owner;
    this.key = key;
    this.staff = staff;
  }

  /** Records events with its key. */
  send(events: readonly object[]): Promise<Answer> {
    return this.key.ask(RECORD, { input: { events } });
  }

  /** What became of events that must not fail as a call. */
  async record(events: readonly object[]): Promise<Outcome[]> {
    return (await this.key.get(RECORD, { input: { events } })).recordUsage.outcomes;
  }

  /** Records one event that must be accepted. */
  async accept(event: object): Promise<RecordedEvent> {
    const [outcome] = await this.record([event]);
    if (outcome?.status !== "ACCEPTED" || !outcome.event) throw new Error(JSON.stringify(outcome));
    return outcome.event;
  }

  async usage(from: string | null = null, to: string | null = null): Promise<Usage> {
    const { organization } = await this.owner.get(
      `query($from: DateTime, $to: DateTime) { organization { usage(from: $from, to: $to) { ${USAGE} } } }`,
      { from, to },
    );
    return byMeter(organization.usage);
  }

  /** All its events that a filter leaves, newest first by acceptance, read page by page. */
  async events(filter: object | null = null, first = 100): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for (let after: string | null = null; ;) {
      const { organization } = await this.owner.get(
        `query($first: Int, $after: String, $filter: UsageEventFilter) { organization { usageEvents(first: $first, after: $after, filter: $filter) { nodes { ${EVENT} } pageInfo { hasNextPage endCursor } } } }`,
        { first, after, filter },
      );
      const { nodes, pageInfo } = organization.usageEvents;
      events.push(...nodes);
      if (!pageInfo.hasNextPage) return events;
      after = pageInfo.endCursor;
    }
  }

  async upcoming(): Promise<Upcoming> {
    const { organization } = await this.owner.get(
      `{ organization { upcomingInvoice { total { amount } lines { id kind meter quantity amount { amount } exactAmount { amount } roundingDifference { amount } } } } }`,
    );
    return organization.upcomingInvoice;
  }

  async periods(): Promise<
    { start: string; end: string; open: boolean; trial: boolean; plan: { code: string; version: number } }[]
  > {
    return (await this.owner.get(`{ organization { billingPeriods { start end open trial plan { code version } } } }`))
      .organization.billingPeriods;
  }

  async subscription() {
    return (
      await this.owner.get(
        `{ organization { subscription { status plan { code version } currentPeriodStart currentPeriodEnd trialEndsAt trialUsed monthlyPrice { amount } agreed } } }`,
      )
    ).organization.subscription;
  }

  async quotas(): Promise<Readonly<Record<MeterCode, Quota>>> {
    const { organization } = await this.owner.get(
      `{ organization { quotas { meter limit used remaining resetAt limitKind } } }`,
    );
    const quotas: Quota[] = organization.quotas;
    return Object.fromEntries(quotas.map((quota) => [quota.meter, quota])) as Record<MeterCode, Quota>;
  }

  /** Puts it on a plan from now on. */
  async agree(plan: PlanCode, monthlyPrice = defaultCatalog[plan].monthly) {
    const { agreePlan } = await this.staff.get(
      `mutation($input: AgreePlanInput!) { agreePlan(input: $input) { __typename ... on Subscription { status plan { code version } monthlyPrice { amount } currentPeriodStart currentPeriodEnd } ... on Refusal { message } } }`,
      { input: { organizationId: this.id, plan: plan.toUpperCase(), monthlyPrice } },
    );
    return agreePlan;
  }

  async startTrial(plan = "PROFESSIONAL") {
    return (
      await this.owner.get(
        `mutation($input: StartTrialInput!) { startTrial(input: $input) { __typename ... on Subscription { status trialEndsAt } ... on Refusal { message } } }`,
        { input: { plan } },
      )
    ).startTrial;
  }

  /** Gives it a price of its own. */
  async overridePrice(meter: MeterCode, key: string, price: PriceTerms) {
    const { setPriceOverride } = await this.staff.get(
      `mutation($input: SetPriceOverrideInput!) { setPriceOverride(input: $input) { __typename ... on Subscription { priceOverrides { id note price { meter complexity unitPrice { amount } model } } } ... on Refusal { message } } }`,
      { input: { organizationId: this.id, price: priceInput(meter, key, price), note: "Agreed by phone" } },
    );
    return setPriceOverride;
  }

  /** Takes an event back. */
  async voidEvent(idempotencyKey: string, reason = "Reported by mistake") {
    const { voidUsage } = await this.staff.get(
      `mutation($input: VoidUsageInput!) { voidUsage(input: $input) { __typename ... on UsageEvent { ${EVENT} voidedAt voidReason } ... on Refusal { message } } }`,
      { input: { organizationId: this.id, idempotencyKey, reason } },
    );
    return voidUsage;
  }
}

const staffOf = new WeakMap<World, Promise<Asker>>();

/**
 * A new customer on a plan, whose first period starts at `start`; the clock stands there.
 *
 * @param plan Free is what every sign-up begins with
 */
export async function newCustomer(world: World, start: string, plan: PlanCode = "free"): Promise<Customer> {
  world.setClock(start);
  const staff = staffOf.get(world) ?? world.staff();
  staffOf.set(world, staff);
  const { owner, id } = await world.organization();
  const key = await world.apiKey(owner, ["usage:write", "usage:read"]);
  const customer = new Customer(world, id, owner, key, await staff);
  if (plan !== "free") await customer.agree(plan);
  return customer;
}

let keys = 0;

/** A generation with a key of its own. */
export function generation(change: object = {}) {
  keys += 1;
  return { idempotencyKey: `event-${keys}`, action: "GENERATION", complexity: "T1", ...change };
}

export const generations = (count: number, change: object = {}) =>
  Array.from({ length: count }, () => generation(change));

export const apiCalls = (quantity: number | string, change: object = {}) => ({
  ...generation(),
  complexity: null,
  action: "API_CALL",
  quantity: quantity.toString(),
  ...change,
});

export const level = (gigabytes: number, occurredAt: string, change: object = {}) => ({
  ...generation(),
  complexity: null,
  action: "STORAGE",
  storageBytes: (BigInt(Math.round(gigabytes * 1_000)) * 1_000_000n).toString(),
  occurredAt,
  ...change,
});

export const task = (computeTimeMs: number, change: object = {}) => ({
  ...generation(),
  complexity: null,
  action: "VALIDATION",
  computeTimeMs,
  ...change,
});

/** The instant `ms` milliseconds after another. */
export const after = (instant: string, ms: number): string => new Date(new Date(instant).getTime() + ms).toISOString();

const modelNames = {
  flat: "FLAT",
  perUnit: "PER_UNIT",
  graduated: "GRADUATED",
  volume: "VOLUME",
  package: "PACKAGE",
} as const;

/** A price as the API takes it. */
export function priceInput(meter: MeterCode, key: string, price: PriceTerms, premiumMultiplier: string | null = null) {
  const base = { meter, complexity: key === "all" ? null : key, model: modelNames[price.kind], premiumMultiplier };
  switch (price.kind) {
    case "flat":
      return { ...base, flatPrice: price.price };
    case "perUnit":
      return { ...base, unitPrice: price.price };
    case "package":
      return { ...base, packageSize: price.size, packagePrice: price.price };
    case "graduated":
    case "volume":
      return { ...base, tiers: price.tiers.map(({ upTo, price: unitPrice }) => ({ upTo, unitPrice })) };
  }
}

/** A plan as the API takes it. */
export const planInput = (code: PlanCode, terms: PlanTerms) => ({
  code: code.toUpperCase(),
  name: terms.name,
  monthlyPrice: terms.monthly,
  monthlyPriceIsMinimum: terms.monthlyIsMinimum,
  limitKind: terms.limit.toUpperCase(),
  support: terms.support,
  included: meterCodes.map((meter) => ({ meter, quantity: terms.meters[meter].included })),
  prices: meterCodes.flatMap((meter) =>
    Object.entries(terms.meters[meter].prices).map(([key, price]) =>
      priceInput(meter, key, price, terms.meters[meter].premiumMultiplier),
    ),
  ),
  entitlements: terms.entitlements,
  rateLimits: Object.entries(terms.ratePerMinute).map(([action, perMinute]) => ({ action, perMinute })),
});

/** Publishes the next version of a plan. */
export async function publishPlan(
  asker: Asker,
  code: PlanCode,
  terms: PlanTerms,
): Promise<{ __typename: string; number?: number; message?: string }> {
  const { publishPlanVersion } = await asker.get(
    `mutation($input: PublishPlanVersionInput!) { publishPlanVersion(input: $input) { __typename ... on PlanVersion { id number } ... on Refusal { message } } }`,
    { input: planInput(code, terms) },
  );
  return publishPlanVersion;
}
