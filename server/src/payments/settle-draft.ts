import type Stripe from "stripe";
import type { UsageRoute } from "../invoices/charge.entity.ts";
import { freezeCharges } from "../invoices/freeze-charges.ts";
import type { MirroredLine } from "../invoices/mirrored-invoice.ts";
import { arrayOf, instant, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { isUuid } from "../platform/id.ts";
import type { Platform } from "../platform/scope.ts";
import type { MeterCode } from "../rating/meter.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { excludeClaimedUsage } from "./exclude-claimed-usage.ts";
import { makeCalls } from "./make-calls.ts";
import { isReported, type MeteredLine, meteredOf } from "./metered/metered-charges.ts";
import { CURRENCY } from "./plan-prices.ts";
import type { MeterReport } from "./stripe-call.ts";
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
 * Puts the organization's unbilled usage on a draft: each charge is one item, or is reported to the
 * meter behind one of the draft's lines. It is reserved for this invoice in the transaction that
 * decides the call, so that no other invoice takes it too.
 *
 * @param lines what the draft has so far
 * @returns false while the subscription is paused: its invoices are void, and charges wait
 */
export async function addCharges(
  platform: Platform,
  organizationId: string,
  invoice: Stripe.Invoice,
  invoiceId: string,
  lines: readonly MirroredLine[],
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
      ...(draftKindOf(invoice) === "manual" ? [] : await reserveCharges(sql, organizationId, invoiceId, lines, now)),
      ...(await manualCharges(sql, organizationId, invoiceId, invoice)),
    ];
    for (const charge of charges) await decideCharge(sql, organizationId, charge, invoice.id);
    return true;
  });
  if (goesOn) await makeCalls(platform, organizationId);
  return goesOn;
}

/** A charge has one key whichever way it goes, and so goes one way. */
async function decideCharge(sql: Sql, organizationId: string, charge: Charge, stripeInvoiceId: string): Promise<void> {
  const key = `charge:${charge.id}`;
  const { line } = charge;
  if (line === null)
    await decideCall(sql, organizationId, { kind: "item.create", key, params: itemOf(charge, stripeInvoiceId) });
  else if (charge.amountMinor !== 0n)
    await decideCall(sql, organizationId, { kind: "meter.report", key, params: reportOf(charge, line, key) });
}

type Charge = {
  readonly id: string;
  readonly description: string;
  readonly amountMinor: bigint;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  /** The line that a meter makes of it; null for an item of its own. */
  readonly line: MeteredLine | null;
};

type ChargeRow = {
  id: string;
  meter: MeterCode;
  route: UsageRoute;
  description: string;
  amount_minor: unknown;
  period_start: unknown;
  period_end: unknown;
  invoice_id: string | null;
};

/** The charges that wait for an invoice, and the items that wait for this one already, each with the way it goes. */
async function reserveCharges(
  sql: Sql,
  organizationId: string,
  invoiceId: string,
  lines: readonly MirroredLine[],
  now: Date,
): Promise<Charge[]> {
  const rows = await sql<ChargeRow>(
    `select id, meter, route, description, amount_minor, period_start, period_end, invoice_id from usage_charges
     where organization_id = $1 and (state = 'PENDING' and (invoice_id is null or invoice_id = $2)
       or invoice_id = $2 and route = 'stripe_meter') order by period_start desc, id`,
    [organizationId, invoiceId],
  );
  const metered = meteredOf(rows, lines, now);
  await sql(
    `update usage_charges set invoice_id = $2, route = case when id = any($4::uuid[]) then 'stripe_meter' else 'invoice_item' end
     where organization_id = $1 and id = any($3::uuid[]) and invoice_id is null`,
    [organizationId, invoiceId, arrayOf(rows.map(({ id }) => id)), arrayOf([...metered.keys()])],
  );
  return rows
    .filter((row) => !isReported(row))
    .map((row) => ({
      id: row.id,
      description: row.description,
      amountMinor: whole(row.amount_minor),
      periodStart: instant(row.period_start),
      periodEnd: instant(row.period_end),
      line: metered.get(row.id) ?? null,
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
    line: null,
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

/** The identifier is the charge's own, so a report that is made again is the same one. */
const reportOf = (charge: Charge, { meter, periodEnd }: MeteredLine, identifier: string): MeterReport => ({
  meter,
  value: charge.amountMinor.toString(),
  at: unixOf(periodEnd) - 1,
  identifier,
});

const itemOf = (charge: Charge, stripeInvoiceId: string): Stripe.InvoiceItemCreateParams => ({
  invoice: stripeInvoiceId,
  amount: stripeAmount(charge.amountMinor),
  currency: CURRENCY,
  description: charge.description,
  period: { start: unixOf(charge.periodStart), end: unixOf(charge.periodEnd) },
  metadata: { charge_id: charge.id },
});
