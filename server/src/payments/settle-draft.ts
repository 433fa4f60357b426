import type Stripe from "stripe";
import { freezeCharges } from "../invoices/freeze-charges.ts";
import type { Sql } from "../platform/database/sql.ts";
import { whole } from "../platform/database/row.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { isUuid } from "../platform/id.ts";
import type { Platform } from "../platform/scope.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { excludeClaimedUsage } from "./exclude-claimed-usage.ts";
import { makeCalls } from "./make-calls.ts";
import { CURRENCY } from "./plan-prices.ts";
import { instantOf, stripeAmount, unixOf } from "./stripe-client.ts";
import { decideCall } from "./stripe-outbox.ts";

/** What a draft of ours is for: metadata `qlp_kind` of invoices that we create. */
export type DraftKind = "renewal" | "usage" | "manual";

/** What kind of draft it is; null for one that somebody made at Stripe, which is theirs to finish. */
export function draftKindOf(invoice: Stripe.Invoice): DraftKind | null {
  const kind = invoice.metadata?.["qlp_kind"];
  if (kind === "usage" || kind === "manual") return kind;
  return invoice.parent?.type === "subscription_details" ? "renewal" : null;
}

/**
 * Puts the organization's unbilled usage on a draft: each charge is one item, reserved for this
 * invoice in the transaction that decides the call, so that no other invoice takes it too.
 *
 * @returns false while the subscription is paused: its invoices are void, and charges wait
 */
export async function addCharges(
  platform: Platform,
  organizationId: string,
  invoice: Stripe.Invoice,
  invoiceId: string,
): Promise<boolean> {
  const goesOn = await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const now = platform.clock();
    const current = await lockSubscription(sql, organizationId, now);
    if (!current || (current.pausedAt !== null && draftKindOf(invoice) === "renewal")) return false;
    await freezeCharges(sql, [organizationId], now);
    await excludeClaimedUsage(sql, organizationId);
    if (invoice.auto_advance === true)
      await decideCall(sql, organizationId, {
        kind: "invoice.update",
        key: `hold:${invoice.id}`,
        params: { id: invoice.id, params: { auto_advance: false } },
      });
    if (draftKindOf(invoice) !== "manual") await reserveCredits(sql, organizationId, invoiceId);
    const charges = [
      ...(draftKindOf(invoice) === "manual" ? [] : await reserveCharges(sql, organizationId, invoiceId)),
      ...(await manualCharges(sql, organizationId, invoiceId, invoice)),
    ];
    for (const charge of charges)
      await decideCall(sql, organizationId, {
        kind: "item.create",
        key: `charge:${charge.id}`,
        params: itemOf(charge, invoice.id),
      });
    return true;
  });
  if (goesOn) await makeCalls(platform, organizationId);
  return goesOn;
}

type Charge = {
  readonly id: string;
  readonly description: string;
  readonly amountMinor: bigint;
  readonly periodStart: Date;
  readonly periodEnd: Date;
};

/** The charges that wait for an invoice, and those that wait for this one already. */
async function reserveCharges(sql: Sql, organizationId: string, invoiceId: string): Promise<Charge[]> {
  const rows = await sql<{
    id: string;
    description: string;
    amount_minor: unknown;
    period_start: Date;
    period_end: Date;
  }>(
    `update usage_charges set invoice_id = $2
     where organization_id = $1 and state = 'PENDING' and route = 'invoice_item' and (invoice_id is null or invoice_id = $2)
     returning id, description, amount_minor, period_start, period_end`,
    [organizationId, invoiceId],
  );
  return rows
    .map((row) => ({
      id: row.id,
      description: row.description,
      amountMinor: whole(row.amount_minor),
      periodStart: new Date(row.period_start),
      periodEnd: new Date(row.period_end),
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Credits that were written without an invoice of their own, such as for unused time. */
async function reserveCredits(sql: Sql, organizationId: string, invoiceId: string): Promise<void> {
  await sql("update manual_charges set invoice_id = $2 where organization_id = $1 and invoice_id is null", [
    organizationId,
    invoiceId,
  ]);
}

/** The lines by hand of this invoice, for its own service period. */
async function manualCharges(
  sql: Sql,
  organizationId: string,
  invoiceId: string,
  invoice: Stripe.Invoice,
): Promise<Charge[]> {
  await takeBatch(sql, organizationId, invoiceId, invoice);
  const rows = await sql<{ id: string; description: string; amount_minor: unknown }>(
    "select id, description, amount_minor from manual_charges where organization_id = $1 and invoice_id = $2 order by id",
    [organizationId, invoiceId],
  );
  const period = { periodStart: instantOf(invoice.created), periodEnd: instantOf(invoice.created) };
  return rows.map((row) => ({
    id: row.id,
    description: row.description,
    amountMinor: whole(row.amount_minor),
    ...period,
  }));
}

/** Lines of an invoice by hand were written before it was there, under the id that its metadata names. */
async function takeBatch(
  sql: Sql,
  organizationId: string,
  invoiceId: string,
  { metadata }: Stripe.Invoice,
): Promise<void> {
  const batch = metadata?.["manual_id"] ?? "";
  if (!isUuid(batch)) return;
  await sql("update manual_charges set invoice_id = $2 where organization_id = $1 and invoice_id = $3", [
    organizationId,
    invoiceId,
    batch,
  ]);
}

const itemOf = (charge: Charge, stripeInvoiceId: string): Stripe.InvoiceItemCreateParams => ({
  invoice: stripeInvoiceId,
  amount: stripeAmount(charge.amountMinor),
  currency: CURRENCY,
  description: charge.description,
  period: { start: unixOf(charge.periodStart), end: unixOf(charge.periodEnd) },
  metadata: { charge_id: charge.id },
});
