import type Stripe from "stripe";
import { inPlatformTransaction } from "../../platform/database/tenant-transaction.ts";
import type { Platform } from "../../platform/scope.ts";
import type { MeterCode } from "../../rating/meter.ts";
import { CURRENCY } from "../plan-prices.ts";
import { callFault, stripeOf } from "../stripe-client.ts";

/** What one of our meters is at Stripe. */
export type StripeMeter = {
  readonly meter: MeterCode;
  readonly meterId: string;
  readonly productId: string;
  readonly priceId: string;
};

/**
 * What one unit costs that a meter is told, in minor units. Meters are told amounts that the ledger
 * has rated and rounded, so Stripe's line is the ledger's whatever the customer's prices are.
 */
export const METERED_UNIT_MINOR = 1;

export const productNameOf = (meter: MeterCode): string => `QLP ${productNames[meter]}`;

const productNames: Readonly<Record<MeterCode, string>> = {
  generations: "generations past the allowance, in cents",
  api_calls: "API calls past the allowance, in cents",
  storage: "storage past the allowance, in cents",
  compute: "compute past the allowance, in cents",
};

/** The name of the events that a meter counts. */
export const eventNameOf = (meter: MeterCode): string => `qlp_${meter}_minor`;

/** The meters that Stripe has from us so far. */
export const metersAtStripe = async (platform: Platform): Promise<StripeMeter[]> => {
  const rows = await inPlatformTransaction(platform.pool, (sql) =>
    sql<{ meter: MeterCode; meter_id: string; product_id: string; price_id: string }>(
      "select meter, meter_id, product_id, price_id from stripe_meters order by meter",
    ),
  );
  return rows.map((row) => ({
    meter: row.meter,
    meterId: row.meter_id,
    productId: row.product_id,
    priceId: row.price_id,
  }));
};

/** The meter at Stripe with its price, made when it is first needed: two who make it at once make one. */
export async function meterAtStripe(platform: Platform, meter: MeterCode): Promise<StripeMeter> {
  const known = (await metersAtStripe(platform)).find((each) => each.meter === meter);
  if (known) return known;
  const made = await makeMeter(platform, meter);
  await inPlatformTransaction(platform.pool, (sql) =>
    sql(
      `insert into stripe_meters (meter, meter_id, product_id, price_id, created_at) values ($1, $2, $3, $4, $5)
       on conflict (meter) do nothing`,
      [meter, made.meterId, made.productId, made.priceId, platform.clock()],
    ),
  );
  return made;
}

async function makeMeter(platform: Platform, meter: MeterCode): Promise<StripeMeter> {
  const stripe = stripeOf(platform);
  const { id: meterId } = await createOrFind(stripe, meter);
  const product = await stripe.products.create(
    { name: productNameOf(meter), metadata: { qlp_meter: meter } },
    { idempotencyKey: `meter-product:${meterId}` },
  );
  const price = await stripe.prices.create(
    {
      product: product.id,
      currency: CURRENCY,
      unit_amount: METERED_UNIT_MINOR,
      recurring: { interval: "month", usage_type: "metered", meter: meterId },
      metadata: { qlp_meter: meter },
    },
    { idempotencyKey: `meter-price:${meterId}` },
  );
  return { meter, meterId, productId: product.id, priceId: price.id };
}

/** Stripe has one active meter for a name of events: one that a lost try has made is taken over. */
async function createOrFind(stripe: Stripe, meter: MeterCode): Promise<{ id: string }> {
  const eventName = eventNameOf(meter);
  try {
    return await stripe.billing.meters.create(
      {
        display_name: productNameOf(meter),
        event_name: eventName,
        default_aggregation: { formula: "sum" },
        customer_mapping: { type: "by_id", event_payload_key: "stripe_customer_id" },
        value_settings: { event_payload_key: "value" },
      },
      { idempotencyKey: `meter:${eventName}` },
    );
  } catch (error) {
    if (callFault(error)?.kind !== "refused") throw error;
    for await (const existing of stripe.billing.meters.list({ status: "active", limit: 100 }))
      if (existing.event_name === eventName) return existing;
    throw error;
  }
}
