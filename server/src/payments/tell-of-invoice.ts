import { inPlatformTransaction, inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { raiseAlarm } from "./alarms.ts";
import { tellOnce } from "./tell-once.ts";

/** Tells who pays, or staff, what an event about an invoice asks of them: once for each invoice, while it is open. */
export async function tellOfInvoice(
  platform: Platform,
  organizationId: string,
  stripeId: string,
  types: readonly string[],
): Promise<void> {
  if (types.includes("invoice.finalization_failed")) await alarmUnfinalized(platform, organizationId, stripeId);
  const confirm = types.includes("invoice.payment_action_required");
  const overdue = types.includes("invoice.overdue");
  if (!confirm && !overdue) return;
  await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    await lockSubscription(sql, organizationId, platform.clock());
    const [invoice] = await sql<{ number: string | null; hosted_url: string | null }>(
      "select number, hosted_url from invoices where organization_id = $1 and stripe_id = $2 and status = 'OPEN'",
      [organizationId, stripeId],
    );
    if (!invoice) return;
    const payUrl = invoice.hosted_url;
    const number = invoice.number ?? stripeId;
    if (confirm)
      await tellOnce(sql, platform, organizationId, "payment.confirmation-asked", stripeId, {
        kind: "action-required",
        payUrl,
      });
    if (overdue)
      await tellOnce(sql, platform, organizationId, "invoice.reminded", stripeId, { kind: "overdue", number, payUrl });
  });
}

async function alarmUnfinalized(platform: Platform, organizationId: string, stripeId: string): Promise<void> {
  await inPlatformTransaction(platform.pool, (sql) =>
    raiseAlarm(sql, platform.clock(), {
      key: `finalization:${stripeId}`,
      kind: "invoice-held",
      organizationId,
      message: `Stripe could not finalize invoice ${stripeId}.`,
      detail: { stripeId },
    }),
  );
}
