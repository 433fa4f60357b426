import type { MirroredInvoice, MirroredLine } from "../src/invoices/mirrored-invoice.ts";

const MARCH = new Date("2026-03-01T00:00:00Z");
const APRIL = new Date("2026-04-01T00:00:00Z");
let made = 0;

/** A line as Stripe has it: the fee of $99.00 unless the test says better. */
export function mirroredLine(change: Partial<MirroredLine> = {}): MirroredLine {
  made += 1;
  return {
    stripeLineId: `il_${made}`,
    source: "FEE",
    description: "1 × Starter (at $99.00 / month)",
    quantity: "1",
    amountMinor: 9_900n,
    taxMinor: 0n,
    periodStart: MARCH,
    periodEnd: APRIL,
    chargeId: null,
    meter: null,
    ...change,
  };
}

/** A draft of Stripe's whose totals are those of its lines. */
export function mirroredInvoice(change: Partial<MirroredInvoice> = {}): MirroredInvoice {
  made += 1;
  const lines = change.lines ?? [mirroredLine()];
  const subtotal = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  return {
    stripeId: `in_${made}`,
    stripeSubscriptionId: "sub_1",
    number: null,
    status: "DRAFT",
    reason: "subscription_cycle",
    collection: "CARD",
    currency: "usd",
    periodStart: MARCH,
    periodEnd: APRIL,
    subtotalMinor: subtotal,
    taxMinor: 0n,
    totalMinor: subtotal,
    amountDueMinor: subtotal,
    amountPaidMinor: 0n,
    amountRemainingMinor: subtotal,
    creditedMinor: 0n,
    taxDetail: null,
    hostedUrl: null,
    attemptCount: 0,
    nextAttemptAt: null,
    createdAt: MARCH,
    issuedAt: null,
    dueAt: null,
    paidAt: null,
    closedAt: null,
    lines,
    payments: [],
    ...change,
  };
}

/** The same invoice, finalized and paid. */
export const paid = (invoice: MirroredInvoice, change: Partial<MirroredInvoice> = {}): MirroredInvoice => ({
  ...invoice,
  number: `QLP-${invoice.stripeId}`,
  status: "PAID",
  amountPaidMinor: invoice.totalMinor,
  amountRemainingMinor: 0n,
  hostedUrl: `https://pay.example/${invoice.stripeId}`,
  issuedAt: APRIL,
  paidAt: APRIL,
  payments: [
    {
      stripeId: `inpay_${invoice.stripeId}`,
      amountMinor: invoice.totalMinor,
      status: "paid",
      paymentIntentId: `pi_${invoice.stripeId}`,
      createdAt: APRIL,
      paidAt: APRIL,
    },
  ],
  ...change,
});
