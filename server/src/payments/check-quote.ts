import { majorFromMinor } from "../kernel/money.ts";
import { whole } from "../platform/database/row.ts";
import { inPlatformTransaction, inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { raiseAlarm } from "./alarms.ts";
import type { PlanChangeKind } from "./plan-change.entity.ts";
import type { PlanQuote } from "./plan-quote.ts";

/** Stripe's reason of the invoice that a change brings; one without a charge now leaves an older invoice the latest. */
const REASONS: Readonly<Partial<Record<PlanChangeKind, string>>> = {
  START: "subscription_create",
  UPGRADE: "subscription_update",
};

/** Compares what Stripe invoiced for a change with what was shown before it. A difference is staff's to look at. */
export async function checkQuote(
  platform: Platform,
  organizationId: string,
  quote: PlanQuote,
  stripeInvoiceId: string,
): Promise<void> {
  const [invoice] = await inTenantTransaction(platform.pool, organizationId, (sql) =>
    sql<{ id: string; amount_due_minor: unknown }>(
      "select id, amount_due_minor from invoices where organization_id = $1 and stripe_id = $2 and reason = $3",
      [organizationId, stripeInvoiceId, REASONS[quote.kind] ?? null],
    ),
  );
  if (!invoice) return;
  const invoicedMinor = whole(invoice.amount_due_minor);
  if (invoicedMinor === quote.dueNowMinor) return;
  const [shown, invoiced] = [majorFromMinor(quote.dueNowMinor), majorFromMinor(invoicedMinor)];
  await inPlatformTransaction(platform.pool, (sql) =>
    raiseAlarm(sql, platform.clock(), {
      key: `quote:${quote.id}`,
      kind: "quote",
      organizationId,
      message: `A change of plan was shown to cost $${shown}, and ${stripeInvoiceId} is over $${invoiced}.`,
      detail: { quoteId: quote.id, invoiceId: invoice.id, stripeId: stripeInvoiceId, shown, invoiced },
    }),
  );
}
