import type Stripe from "stripe";
import type { InvoiceStatus } from "../invoices/invoice.entity.ts";
import type { LineSource, MirroredInvoice, MirroredLine, MirroredPayment } from "../invoices/mirrored-invoice.ts";
import { type MeteredPrice, meteredPricesFor } from "./metered/metered-lines.ts";
import { METERED_UNIT_MINOR } from "./metered/stripe-meters.ts";
import { idOf, instantOf, instantOfOrNull, stripeOf } from "./stripe-client.ts";
import type { Platform } from "../platform/scope.ts";

/** Reads an invoice at Stripe with all its lines and payments. */
export async function retrieveInvoice(
  platform: Platform,
  stripeId: string,
): Promise<{ readonly invoice: Stripe.Invoice; readonly mirrored: MirroredInvoice }> {
  const stripe = stripeOf(platform);
  const invoice = await stripe.invoices.retrieve(stripeId, { expand: ["payments"] });
  const lines = invoice.lines.has_more
    ? await stripe.invoices.listLineItems(stripeId, { limit: 100 }).autoPagingToArray({ limit: 10_000 })
    : invoice.lines.data;
  return { invoice, mirrored: await mirroredInvoice(platform, invoice, lines) };
}

/** Stripe's invoice in our words, with the charges behind its lines. */
export const mirroredInvoice = async (
  platform: Platform,
  invoice: Stripe.Invoice,
  lines: readonly Stripe.InvoiceLineItem[],
): Promise<MirroredInvoice> =>
  inOurWords(invoice, lines, lines.some(mayBeMetered) ? await meteredPricesFor(platform, invoice.id) : new Map());

type MeteredPrices = ReadonlyMap<string, MeteredPrice>;

/** Amounts are Stripe's whole minor units, tax as Stripe computed it. */
function inOurWords(
  invoice: Stripe.Invoice,
  lines: readonly Stripe.InvoiceLineItem[],
  metered: MeteredPrices,
): MirroredInvoice {
  const { status_transitions: at } = invoice;
  return {
    stripeId: invoice.id,
    stripeSubscriptionId: idOf(invoice.parent?.subscription_details?.subscription),
    number: invoice.number,
    status: statusOf(invoice),
    reason: invoice.billing_reason ?? "manual",
    collection: invoice.collection_method === "send_invoice" ? "INVOICE" : "CARD",
    currency: invoice.currency,
    ...servicePeriod(invoice, lines, metered),
    subtotalMinor: BigInt(invoice.subtotal),
    taxMinor: BigInt(invoice.total) - BigInt(invoice.total_excluding_tax ?? invoice.total),
    totalMinor: BigInt(invoice.total),
    amountDueMinor: BigInt(invoice.amount_due),
    amountPaidMinor: BigInt(invoice.amount_paid),
    amountRemainingMinor: BigInt(invoice.amount_remaining),
    creditedMinor: BigInt(invoice.pre_payment_credit_notes_amount) + BigInt(invoice.post_payment_credit_notes_amount),
    taxDetail: (invoice.total_taxes?.length ?? 0) === 0 ? null : invoice.total_taxes,
    hostedUrl: invoice.hosted_invoice_url ?? null,
    attemptCount: invoice.attempt_count,
    nextAttemptAt: instantOfOrNull(invoice.next_payment_attempt),
    createdAt: instantOf(invoice.created),
    issuedAt: instantOfOrNull(at.finalized_at),
    dueAt: instantOfOrNull(invoice.due_date),
    paidAt: instantOfOrNull(at.paid_at),
    closedAt: instantOfOrNull(at.voided_at ?? at.marked_uncollectible_at),
    lines: lines.map((line) => lineOf(line, metered)),
    payments: (invoice.payments?.data ?? []).map(paymentOf),
  };
}

function statusOf({ id, status }: Stripe.Invoice): InvoiceStatus {
  switch (status) {
    case "draft":
      return "DRAFT";
    case "open":
      return "OPEN";
    case "paid":
      return "PAID";
    case "void":
      return "VOID";
    case "uncollectible":
      return "UNCOLLECTIBLE";
    default:
      throw new Error(`the invoice ${id} has the status ${String(status)}`);
  }
}

/** The period of the fee; without one, from the earliest to the latest that its lines speak of. */
function servicePeriod(
  invoice: Stripe.Invoice,
  lines: readonly Stripe.InvoiceLineItem[],
  metered: MeteredPrices,
): { periodStart: Date; periodEnd: Date } {
  const fees = lines.filter((line) => sourceOf(line, metered) === "FEE");
  const spoken = fees.length > 0 ? fees : lines;
  if (spoken.length === 0)
    return { periodStart: instantOf(invoice.period_start), periodEnd: instantOf(invoice.period_end) };
  return {
    periodStart: instantOf(Math.min(...spoken.map(({ period }) => period.start))),
    periodEnd: instantOf(Math.max(...spoken.map(({ period }) => period.end))),
  };
}

const priceIdOf = ({ pricing }: Stripe.InvoiceLineItem): string => idOf(pricing?.price_details?.price) ?? "";

/** A line of one of our meters has their unit price. So may others, but hardly any has. */
const mayBeMetered = ({ pricing }: Stripe.InvoiceLineItem): boolean =>
  String(pricing?.unit_amount_decimal) === String(METERED_UNIT_MINOR);

function sourceOf(line: Stripe.InvoiceLineItem, metered: MeteredPrices): LineSource {
  const { parent } = line;
  const proration = parent?.subscription_item_details?.proration ?? parent?.invoice_item_details?.proration ?? false;
  if (proration) return "PRORATION";
  if (parent?.type !== "subscription_item_details") return "ITEM";
  return metered.has(priceIdOf(line)) ? "METERED" : "FEE";
}

function lineOf(line: Stripe.InvoiceLineItem, metered: MeteredPrices): MirroredLine {
  const source = sourceOf(line, metered);
  const price = source === "METERED" ? metered.get(priceIdOf(line)) : undefined;
  return {
    stripeLineId: line.id,
    source,
    description: line.description ?? "",
    quantity: String(line.quantity ?? 1),
    amountMinor: BigInt(line.amount),
    taxMinor: (line.taxes ?? []).reduce((sum, { amount }) => sum + BigInt(amount), 0n),
    periodStart: instantOf(line.period.start),
    periodEnd: instantOf(line.period.end),
    chargeId: price?.chargeId ?? line.metadata["charge_id"] ?? null,
    meter: price?.meter ?? null,
  };
}

function paymentOf(payment: Stripe.InvoicePayment): MirroredPayment {
  return {
    stripeId: payment.id,
    amountMinor: BigInt(payment.amount_paid ?? payment.amount_requested),
    status: payment.status,
    paymentIntentId: idOf(payment.payment.payment_intent),
    createdAt: instantOf(payment.created),
    paidAt: instantOfOrNull(payment.status_transitions.paid_at),
  };
}
