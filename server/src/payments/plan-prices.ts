import { type PublishedPlan, planById } from "../catalog/read-catalog.ts";
import { monthlyMinorOf } from "../catalog/plan-terms.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import type { Sql } from "../platform/database/sql.ts";
import { whole } from "../platform/database/row.ts";
import type { Platform } from "../platform/scope.ts";
import { stripeAmount, stripeOf } from "./stripe-client.ts";

export const CURRENCY = "usd";

/** What a plan version is at Stripe. */
export type PlanPrice = {
  readonly planVersionId: string;
  readonly productId: string;
  readonly priceId: string;
  readonly unitAmountMinor: bigint;
};

/**
 * The price at Stripe of a plan version, made when it is first needed. Keys are derived from the
 * version, so that two who make it at once make one.
 */
export async function priceOfPlan(platform: Platform, planVersionId: string): Promise<PlanPrice> {
  const known = await inPlatformTransaction(platform.pool, (sql) => knownPrice(sql, planVersionId));
  if (known) return known;
  const plan = await inPlatformTransaction(platform.pool, (sql) => planById(sql, planVersionId));
  const made = await makePrice(platform, plan);
  await inPlatformTransaction(platform.pool, (sql) =>
    sql(
      `insert into stripe_prices (plan_version_id, product_id, price_id, unit_amount_minor, currency, created_at)
       values ($1, $2, $3, $4, $5, $6) on conflict (plan_version_id) do nothing`,
      [planVersionId, made.productId, made.priceId, made.unitAmountMinor.toString(), CURRENCY, platform.clock()],
    ),
  );
  return made;
}

/** A product for each plan and a price for each of its versions: a published version is never changed, nor is its price. */
async function makePrice(platform: Platform, plan: PublishedPlan): Promise<PlanPrice> {
  const stripe = stripeOf(platform);
  const product = await stripe.products.create(
    { name: `QLP ${plan.terms.name}`, metadata: { qlp_plan: plan.code } },
    { idempotencyKey: `product:${plan.code}:${plan.terms.name}` },
  );
  const unitAmountMinor = monthlyMinorOf(plan.terms);
  const price = await stripe.prices.create(
    {
      product: product.id,
      currency: CURRENCY,
      unit_amount: stripeAmount(unitAmountMinor),
      recurring: { interval: "month" },
      nickname: `${plan.terms.name}, version ${plan.number}`,
      metadata: { qlp_plan: plan.code, qlp_plan_version_id: plan.id },
    },
    { idempotencyKey: `price:${plan.id}` },
  );
  return { planVersionId: plan.id, productId: product.id, priceId: price.id, unitAmountMinor };
}

async function knownPrice(sql: Sql, planVersionId: string): Promise<PlanPrice | null> {
  const [row] = await sql<Row>(`${SELECT} where plan_version_id = $1`, [planVersionId]);
  return row ? priceFrom(row) : null;
}

/** The plan version that a price at Stripe stands for; null for a price that is none of ours. */
export async function planOfPrice(sql: Sql, priceId: string): Promise<PlanPrice | null> {
  const [row] = await sql<Row>(`${SELECT} where price_id = $1`, [priceId]);
  return row ? priceFrom(row) : null;
}

type Row = { plan_version_id: string; product_id: string; price_id: string; unit_amount_minor: unknown };
const SELECT = "select plan_version_id, product_id, price_id, unit_amount_minor from stripe_prices";
const priceFrom = (row: Row): PlanPrice => ({
  planVersionId: row.plan_version_id,
  productId: row.product_id,
  priceId: row.price_id,
  unitAmountMinor: whole(row.unit_amount_minor),
});

/** The plan versions that are prices of a product, newest first. */
export async function plansOfProduct(sql: Sql, productId: string): Promise<string[]> {
  const rows = await sql<{ plan_version_id: string }>(
    "select plan_version_id from stripe_prices where product_id = $1 order by plan_version_id desc",
    [productId],
  );
  return rows.map(({ plan_version_id }) => plan_version_id);
}
