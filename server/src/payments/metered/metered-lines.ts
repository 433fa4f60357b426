import { inPlatformTransaction } from "../../platform/database/tenant-transaction.ts";
import type { Platform } from "../../platform/scope.ts";
import type { MeterCode } from "../../rating/meter.ts";

/** A price of a meter at Stripe, and the charge of one invoice that was reported to it: null when none was. */
export type MeteredPrice = { readonly meter: MeterCode; readonly chargeId: string | null };

/** All prices of our meters by their id, for the lines of one invoice: Stripe does not say which charge a metered line bills. */
export async function meteredPricesFor(
  platform: Platform,
  stripeInvoiceId: string,
): Promise<ReadonlyMap<string, MeteredPrice>> {
  const rows = await inPlatformTransaction(platform.pool, (sql) =>
    sql<{ price_id: string; meter: MeterCode; charge_id: string | null }>(
      `select m.price_id, m.meter, c.id as charge_id from stripe_meters m
       left join stripe_owners o on o.stripe_id = $1
       left join invoices i on i.organization_id = o.organization_id and i.stripe_id = o.stripe_id
       left join usage_charges c on c.organization_id = i.organization_id and c.invoice_id = i.id and c.meter = m.meter
         and c.route = 'stripe_meter'`,
      [stripeInvoiceId],
    ),
  );
  return new Map(rows.map((row) => [row.price_id, { meter: row.meter, chargeId: row.charge_id }]));
}
