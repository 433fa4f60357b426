import type Stripe from "stripe";
import { monthlyMinorOf } from "../catalog/plan-terms.ts";
import { planById } from "../catalog/read-catalog.ts";
import type { ExpectedInvoice, ExpectedLine } from "../invoices/compare-invoice.ts";
import { whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { CURRENCY } from "./plan-prices.ts";
import { draftKindOf } from "./settle-draft.ts";
import { idOf } from "./stripe-client.ts";
import { mirrorOfSubscription } from "./stripe-subscription.ts";

/** What the ledger and the catalog say must be on one of our invoices while it is a draft. */
export async function expectedInvoice(
  sql: Sql,
  current: CurrentSubscription,
  invoice: Stripe.Invoice,
  invoiceId: string,
): Promise<ExpectedInvoice> {
  const fee = draftKindOf(invoice) === "renewal" ? await feeOf(sql, current, invoice) : [];
  return { currency: CURRENCY, lines: [...fee, ...(await chargesOf(sql, current.organizationId, invoiceId))] };
}

/** The fee of the plan that is in force, or, before the first payment, of the one that was ordered. */
async function feeOf(sql: Sql, current: CurrentSubscription, invoice: Stripe.Invoice): Promise<ExpectedLine[]> {
  const stripeId = idOf(invoice.parent?.subscription_details?.subscription);
  const ordered = stripeId === null ? null : await mirrorOfSubscription(sql, current.organizationId, stripeId);
  if (ordered === null || ordered.endedAt !== null) return [];
  const plan = ordered.granted ? current.plan : await planById(sql, ordered.planVersionId);
  const amountMinor = (ordered.granted ? current.agreedMinor : null) ?? monthlyMinorOf(plan.terms);
  return [{ kind: "FEE", label: plan.terms.name, amountMinor }];
}

/** The usage charges and charges by hand that were put on this invoice. */
async function chargesOf(sql: Sql, organizationId: string, invoiceId: string): Promise<ExpectedLine[]> {
  const rows = await sql<{ id: string; description: string; amount_minor: unknown }>(
    `select id, description, amount_minor from usage_charges where organization_id = $1 and invoice_id = $2
     union all select id, description, amount_minor from manual_charges where organization_id = $1 and invoice_id = $2`,
    [organizationId, invoiceId],
  );
  return rows.map((row) => ({
    kind: "CHARGE",
    chargeId: row.id,
    label: row.description,
    amountMinor: whole(row.amount_minor),
  }));
}
