import { planById } from "../catalog/read-catalog.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { clearAlarm, raiseAlarm } from "./alarms.ts";
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
  if (ours === null) return null;
  const price = await present(stripeOf(platform).prices.retrieve(id));
  if (price === null) return ["it is gone"];
  return [
    ...(price.active ? [] : ["it is archived"]),
    ...(price.currency === CURRENCY ? [] : [`its currency is ${price.currency}`]),
    ...(price.unit_amount !== null && BigInt(price.unit_amount) === ours.unitAmountMinor
      ? []
      : [`it costs ${String(price.unit_amount)} instead of ${ours.unitAmountMinor}`]),
    ...(price.metadata["qlp_plan_version_id"] === ours.planVersionId ? [] : ["its plan version is not named"]),
  ];
}

async function productFaults(platform: Platform, id: string): Promise<string[] | null> {
  const name = await inPlatformTransaction(platform.pool, async (sql) => {
    const [version] = await plansOfProduct(sql, id);
    return version === undefined ? null : `QLP ${(await planById(sql, version)).terms.name}`;
  });
  if (name === null) return null;
  const product = await present(stripeOf(platform).products.retrieve(id));
  if (product === null || product.deleted) return ["it is gone"];
  return [
    ...(product.active ? [] : ["it is archived"]),
    ...(product.name === name ? [] : [`it is called ${product.name} instead of ${name}`]),
  ];
}
