import { planById } from "../catalog/read-catalog.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { clearAlarm, raiseAlarm } from "./alarms.ts";
import { METERED_UNIT_MINOR, metersAtStripe, productNameOf, type StripeMeter } from "./metered/stripe-meters.ts";
import { CURRENCY, planOfPrice, plansOfProduct } from "./plan-prices.ts";
import { present, stripeOf } from "./stripe-client.ts";

/** The catalog is ours: raises an alarm where Stripe's copy of it was changed, and clears it when it is right again. */
export async function checkDrift(platform: Platform, kind: "product" | "price", id: string): Promise<void> {
  const faults = await driftOf(platform, kind, id);
  if (faults === null) return;
  const key = `drift:${id}`;
  const now = platform.clock();
  await inPlatformTransaction(platform.pool, async (sql) => {
    if (faults.length === 0) return clearAlarm(sql, now, key);
    const message = `The ${kind} ${id} at Stripe differs from the catalog: ${faults.join("; ")}.`;
    await raiseAlarm(sql, now, { key, kind: "drift", organizationId: null, message, detail: { object: id, faults } });
  });
}

/** What Stripe's copy of a product or price has otherwise than the catalog; null when it is none of the catalog's. */
export const driftOf = (platform: Platform, kind: "product" | "price", id: string): Promise<string[] | null> =>
  kind === "price" ? priceFaults(platform, id) : productFaults(platform, id);

/** What is wrong with a price; null when it is none of the catalog's. */
async function priceFaults(platform: Platform, id: string): Promise<string[] | null> {
  const ours = await inPlatformTransaction(platform.pool, (sql) => planOfPrice(sql, id));
  const meter = ours === null ? await meterWith(platform, "priceId", id) : null;
  if (ours === null && meter === null) return null;
  const price = await present(stripeOf(platform).prices.retrieve(id));
  if (price === null) return ["it is gone"];
  const unitAmount = ours?.unitAmountMinor ?? BigInt(METERED_UNIT_MINOR);
  return [
    ...(price.active ? [] : ["it is archived"]),
    ...(price.currency === CURRENCY ? [] : [`its currency is ${price.currency}`]),
    ...(price.unit_amount !== null && BigInt(price.unit_amount) === unitAmount
      ? []
      : [`it costs ${String(price.unit_amount)} instead of ${unitAmount}`]),
    ...(ours === null || price.metadata["qlp_plan_version_id"] === ours.planVersionId
      ? []
      : ["its plan version is not named"]),
    ...(meter === null || price.recurring?.meter === meter.meterId ? [] : ["its meter is another one"]),
  ];
}

async function meterWith(platform: Platform, key: "priceId" | "productId", id: string): Promise<StripeMeter | null> {
  return (await metersAtStripe(platform)).find((meter) => meter[key] === id) ?? null;
}

async function productFaults(platform: Platform, id: string): Promise<string[] | null> {
  const plan = await inPlatformTransaction(platform.pool, async (sql) => {
    const [version] = await plansOfProduct(sql, id);
    return version === undefined ? null : `QLP ${(await planById(sql, version)).terms.name}`;
  });
  const meter = plan === null ? await meterWith(platform, "productId", id) : null;
  const name = meter === null ? plan : productNameOf(meter.meter);
  if (name === null) return null;
  const product = await present(stripeOf(platform).products.retrieve(id));
  if (product === null || product.deleted) return ["it is gone"];
  return [
    ...(product.active ? [] : ["it is archived"]),
    ...(product.name === name ? [] : [`it is called ${product.name} instead of ${name}`]),
  ];
}
