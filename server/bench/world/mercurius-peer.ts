// What the same rows cost with mercurius and its compiler, as fast as we know how to write it: no log-in, no row-level
// security, no rules, no transaction; prepared statements and loaders. Its arithmetic is ours. DATABASE_URL, PORT.
import Fastify from "fastify";
import mercurius from "mercurius";
import pg from "pg";
import { monthlyMinorOf, type PlanTerms, rateCardOf } from "../../src/catalog/plan-terms.ts";
import { toDecimal } from "../../src/kernel/exact.ts";
import { majorFromMinor, majorFromNanos } from "../../src/kernel/money.ts";
import type { Sql } from "../../src/platform/database/sql.ts";
import { meterUnit } from "../../src/rating/meter.ts";
import { meterSummaries, totalMinorOf } from "../../src/usage/meter-summary.ts";
import { noStorage, periodStorage, periodTotals } from "../../src/usage/read-totals.ts";

const SCHEMA = `
  type Query { organization(id: ID!): Organization organizations(first: Int): OrganizationConnection! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Money { amount: String! currency: String! }
  type OrganizationConnection { totalCount: Int! pageInfo: PageInfo! nodes: [Organization!]! }
  type Organization { id: ID! name: String! createdAt: String! subscription: Subscription! usage: Usage! invoices(first: Int!): InvoiceConnection! }
  type Subscription { id: ID! status: String! currentPeriodStart: String! currentPeriodEnd: String! monthlyPrice: Money! plan: Plan! }
  type Plan { code: String! name: String! version: Int! }
  type Usage { periodStart: String! periodEnd: String! total: Money! meters: [Meter!]! }
  type Meter { meter: String! unit: String! quantity: String! included: String! billable: String! overLimit: String! amount: Money! }
  type InvoiceConnection { pageInfo: PageInfo! nodes: [Invoice!]! }
  type Invoice { id: ID! number: String status: String! periodStart: String! periodEnd: String! total: Money! amountDue: Money! createdAt: String! dueAt: String paidAt: String }`;

type OrganizationRow = { readonly id: string; readonly name: string; readonly created_at: Date };
type SubscriptionRow = {
  readonly organization_id: string;
  readonly id: string;
  readonly status: string;
  readonly current_period_id: string;
  readonly current_period_start: Date;
  readonly current_period_end: Date;
  readonly agreed_minor: string | null;
  readonly plan_version_id: string;
};
type PlanRow = { readonly id: string; readonly code: string; readonly number: number; readonly terms: PlanTerms };
type InvoiceRow = Readonly<
  Record<"id" | "number" | "status" | "currency" | "total_minor" | "amount_due_minor", string>
> &
  Readonly<Record<"period_start" | "period_end" | "created_at" | "due_at" | "paid_at", Date>>;
type Asked<Params> = { readonly obj: { readonly id: string }; readonly params: Params };

const pool = new pg.Pool({ connectionString: process.env["DATABASE_URL"], max: 10 });
// A connection that is lost while idle is replaced; without a listener it would end the process.
pool.on("error", () => undefined);

/** Prepared once on each connection, by its text. */
const names = new Map<string, string>();
const sql: Sql = async <Row extends object>(text: string, values: readonly unknown[] = []) => {
  const name = names.get(text) ?? `peer_${names.size}`;
  names.set(text, name);
  const { rows } = await pool.query<Row>({ name, text, values: [...values] });
  return rows;
};

const dollars = (minor: bigint): object => ({ amount: majorFromMinor(minor), currency: "USD" });
const nanos = (amount: Parameters<typeof majorFromNanos>[0]): object => ({
  amount: majorFromNanos(amount),
  currency: "USD",
});
const cursor = (...key: string[]): string => Buffer.from(JSON.stringify(key)).toString("base64url");
const at = (instant: Date): string => instant.toISOString();
const organization = ({ id, name, created_at }: OrganizationRow): object => ({ id, name, createdAt: at(created_at) });

const subscriptionsOf = async (ids: readonly string[]): Promise<Map<string, SubscriptionRow>> => {
  const rows = await sql<SubscriptionRow>(
    `select s.organization_id, s.id, s.status, s.current_period_id, s.current_period_start, s.current_period_end, s.agreed_minor, s.plan_version_id
     from subscriptions s where s.organization_id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.organization_id, row]));
};

/** Plan versions never change, so they are read once. */
const plans = new Map(
  (await sql<PlanRow>("select id, code, number, terms from plan_versions")).map(({ id, code, number, terms }) => [
    id,
    {
      view: { code: code.toUpperCase(), name: terms.name, version: number },
      monthly: monthlyMinorOf(terms),
      card: rateCardOf(terms),
    },
  ]),
);

const planOf = ({ plan_version_id }: SubscriptionRow) => {
  const plan = plans.get(plan_version_id);
  if (!plan) throw new Error("no such plan");
  return plan;
};

const subscription = (row: SubscriptionRow): object => ({
  id: row.id,
  status: row.status,
  currentPeriodStart: at(row.current_period_start),
  currentPeriodEnd: at(row.current_period_end),
  monthlyPrice: dollars(row.agreed_minor === null ? planOf(row).monthly : BigInt(row.agreed_minor)),
  plan: planOf(row).view,
});

async function usageOf(row: SubscriptionRow): Promise<object> {
  const period = { start: row.current_period_start, end: row.current_period_end };
  const named = [{ ...period, organizationId: row.organization_id, id: row.current_period_id }];
  const [totals, storage] = await Promise.all([periodTotals(sql, named), periodStorage(sql, named)]);
  const meters = meterSummaries(
    planOf(row).card,
    period,
    true,
    false,
    totals.get(row.current_period_id) ?? [],
    storage.get(row.current_period_id) ?? noStorage,
  );
  return {
    periodStart: at(period.start),
    periodEnd: at(period.end),
    total: dollars(totalMinorOf(meters)),
    meters: meters.map(({ meter, quantity, included, billable, overLimit, amount }) => ({
      meter,
      unit: meterUnit[meter],
      quantity: toDecimal(quantity),
      included: toDecimal(included),
      billable: toDecimal(billable),
      overLimit: toDecimal(overLimit),
      amount: nanos(amount),
    })),
  };
}

async function invoicesOf(organizationId: string, first: number): Promise<object> {
  const rows = await sql<InvoiceRow>(
    `select id, number, status, currency, total_minor, amount_due_minor, period_start, period_end, created_at, due_at, paid_at
     from invoices where organization_id = $1 order by created_at desc, id desc limit $2`,
    [organizationId, first + 1],
  );
  const nodes = rows.slice(0, first).map((row) => ({
    id: row.id,
    number: row.number,
    status: row.status,
    periodStart: at(row.period_start),
    periodEnd: at(row.period_end),
    total: { amount: majorFromMinor(BigInt(row.total_minor)), currency: row.currency },
    amountDue: { amount: majorFromMinor(BigInt(row.amount_due_minor)), currency: row.currency },
    createdAt: at(row.created_at),
    dueAt: at(row.due_at),
    paidAt: at(row.paid_at),
  }));
  const last = rows[nodes.length - 1];
  return {
    nodes,
    pageInfo: { hasNextPage: rows.length > first, endCursor: last ? cursor(at(last.created_at), last.id) : null },
  };
}

const resolvers = {
  Query: {
    organization: async (_: unknown, { id }: { id: string }) => {
      const [row] = await sql<OrganizationRow>("select id, name, created_at from organizations where id = $1", [id]);
      return row ? organization(row) : null;
    },
    organizations: async (_: unknown, { first }: { first: number }) => {
      const [[counted], rows] = await Promise.all([
        sql<{ count: number }>("select count(*)::int as count from organizations"),
        sql<OrganizationRow & { key: string }>(
          `select id, name, created_at, to_char(created_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') as key
           from organizations order by created_at desc, id desc limit $1`,
          [first + 1],
        ),
      ]);
      const last = rows.slice(0, first).at(-1);
      return {
        totalCount: counted?.count ?? 0,
        nodes: rows.slice(0, first).map(organization),
        pageInfo: { hasNextPage: rows.length > first, endCursor: last ? cursor(last.key, last.id) : null },
      };
    },
  },
};

const loaders = {
  Organization: {
    subscription: async (asked: readonly Asked<object>[]) => {
      const found = await subscriptionsOf(asked.map(({ obj }) => obj.id));
      return asked.map(({ obj }) => {
        const row = found.get(obj.id);
        return row ? subscription(row) : null;
      });
    },
    usage: async (asked: readonly Asked<object>[]) => {
      const found = await subscriptionsOf(asked.map(({ obj }) => obj.id));
      return Promise.all(
        asked.map(async ({ obj }) => {
          const row = found.get(obj.id);
          return row ? usageOf(row) : null;
        }),
      );
    },
    invoices: (asked: readonly Asked<{ first: number }>[]) =>
      Promise.all(asked.map(({ obj, params }) => invoicesOf(obj.id, params.first))),
  },
};

const app = Fastify();
await app.register(mercurius, { schema: SCHEMA, resolvers, loaders, jit: 1 });
await app.listen({ host: "127.0.0.1", port: Number(process.env["PORT"]) });
process.on("SIGTERM", () => void app.close().then(() => pool.end()));
