import type { Call } from "../http/call.ts";
import { noSuch } from "../http/stripe-error.ts";
import { mergeMetadata } from "../objects/change.ts";
import { type CreditNote, type CreditNoteReason, type LinkedRefund, newCreditNote } from "../objects/credit-note.ts";
import type { Invoice } from "../objects/invoice.ts";
import type { PaymentIntent } from "../objects/payment-intent.ts";
import type { Refund } from "../objects/refund.ts";
import type { Metadata } from "../objects/subscription.ts";
import { type CreditLineParams, creditLines } from "./credit-note-lines.ts";
import { enterBalance } from "./customer-balance.ts";
import { markPaid, paymentsOf } from "./invoice-paid.ts";
import { changeInvoice } from "./invoice-store.ts";
import { sumOf } from "./invoice-totals.ts";
import { readCustomer, readInvoice } from "./read.ts";
import { createRefund } from "./refunds.ts";
import { refuse } from "./refuse.ts";

export type CreditNoteParams = {
  amount?: number;
  credit_amount?: number;
  effective_at?: number;
  invoice: string;
  lines?: CreditLineParams[];
  memo?: string;
  metadata?: Metadata;
  out_of_band_amount?: number;
  reason?: CreditNoteReason;
  refund_amount?: number;
  refunds?: { amount_refunded?: number; refund?: string }[];
};

const issuedFor = ({ store }: Call, invoiceId: string): CreditNote[] =>
  store.list<CreditNote>("credit_note", { invoice: invoiceId }).filter(({ status }) => status === "issued");

/**
 * Corrects a final invoice: lessens what is still to be paid, and gives back what was paid, to the
 * card, to the customer's balance or by other means.
 *
 * @throws StripeError when it is more than what is left of the invoice, or the parts do not add up
 */
export function createCreditNote(call: Call, params: CreditNoteParams): CreditNote {
  const invoice = readInvoice(call, params.invoice, "invoice");
  if (invoice.status !== "open" && invoice.status !== "paid" && invoice.status !== "uncollectible") {
    throw refuse(`You cannot create a credit note for an invoice with status ${invoice.status}.`, "invoice");
  }
  const issued = issuedFor(call, invoice.id);
  const lines = creditLines(call, invoice, issued, params);
  const amount = sumOf(lines);
  if (params.lines && params.amount !== undefined && params.amount !== amount) {
    throw refuse(`The sum of the lines (${amount}) must equal the amount (${params.amount}).`, "amount");
  }
  checkAmount(invoice, issued, amount);
  const pre = Math.min(amount, invoice.amount_remaining);
  const post = amount - pre;
  checkParts(call, params, post);

  const id = call.newId("cn");
  const refunds = refundsOf(call, invoice, params);
  const sequence = call.store.counter(`credit-notes:${invoice.id}`);
  const balance =
    (params.credit_amount ?? 0) > 0
      ? enterBalance(call, readCustomer(call, invoice.customer), {
          amount: -(params.credit_amount ?? 0),
          credit_note: id,
          currency: invoice.currency,
          invoice: invoice.id,
          type: "credit_note",
        })
      : null;
  const note = newCreditNote({
    id,
    amount,
    created: call.now,
    currency: invoice.currency,
    customer: invoice.customer,
    customer_balance_transaction: balance?.id ?? null,
    effective_at: params.effective_at ?? call.now,
    invoice: invoice.id,
    lines,
    memo: params.memo ?? null,
    metadata: mergeMetadata({}, params.metadata ?? {}),
    number: `${invoice.number}-CN-${String(sequence).padStart(2, "0")}`,
    out_of_band_amount: params.out_of_band_amount ?? null,
    pdf: `${invoice.invoice_pdf}?credit_note=${id}`,
    post_payment_amount: post,
    pre_payment_amount: pre,
    reason: params.reason ?? null,
    refunds,
    type: pre === 0 ? "post_payment" : post === 0 ? "pre_payment" : "mixed",
  });
  call.store.put(note);
  call.emit("credit_note.created", note);
  lessen(call, invoice, pre, post);
  return note;
}

function checkAmount(invoice: Invoice, issued: readonly CreditNote[], amount: number): void {
  if (amount <= 0) throw refuse("A credit note must be of more than nothing.", "amount");
  const left = invoice.total - issued.reduce((sum, note) => sum + note.amount, 0);
  if (amount > left) {
    throw refuse(`The credit note amount (${amount}) is more than what is left of the invoice (${left}).`, "amount");
  }
}

/** What was paid already has to go somewhere. */
function checkParts(call: Call, params: CreditNoteParams, post: number): void {
  const { credit_amount = 0, out_of_band_amount = 0, refund_amount = 0, refunds = [] } = params;
  const linked = refunds.reduce(
    (sum, { amount_refunded, refund }) => sum + (amount_refunded ?? amountOf(call, refund)),
    0,
  );
  const parts = credit_amount + out_of_band_amount + refund_amount + linked;
  if (parts !== post) {
    throw refuse(
      `The sum of credit amount, refund amount and out of band amount (${parts}) must equal the post payment credit note amount (${post}).`,
    );
  }
}

function readRefund({ store }: Call, id: string | undefined): Refund {
  const refund = id === undefined ? null : store.get<Refund>("refund", id);
  if (!refund) throw noSuch("refund", String(id), "refunds[refund]");
  return refund;
}

const amountOf = (call: Call, id: string | undefined): number => readRefund(call, id).amount;

function refundsOf(
  call: Call,
  invoice: Invoice,
  { refund_amount = 0, refunds = [] }: CreditNoteParams,
): LinkedRefund[] {
  const linked = refunds.map(({ refund, amount_refunded }) => link(readRefund(call, refund), amount_refunded));
  if (refund_amount === 0) return linked;
  const charge = chargeOf(call, invoice);
  if (charge === null) throw refuse("The invoice was not paid with a charge that can be refunded.", "refund_amount");
  return [...linked, link(createRefund(call, { charge, amount: refund_amount }))];
}

const link = (refund: Refund, amount = refund.amount): LinkedRefund => ({
  amount_refunded: amount,
  payment_record_refund: null,
  refund: refund.id,
  type: "refund",
});

function chargeOf(call: Call, invoice: Invoice): string | null {
  const paid = paymentsOf(call, invoice).find(({ status }) => status === "paid");
  if (!paid) return null;
  return call.store.get<PaymentIntent>("payment_intent", paid.payment.payment_intent)?.latest_charge ?? null;
}

/** Takes the part that is not paid yet off what is due, and writes the rest down. */
function lessen(call: Call, before: Invoice, pre: number, post: number): void {
  const amount_due = before.amount_due - pre;
  const invoice = changeInvoice(call, before, {
    amount_due,
    amount_remaining: before.amount_remaining - pre,
    post_payment_credit_notes_amount: before.post_payment_credit_notes_amount + post,
    pre_payment_credit_notes_amount: before.pre_payment_credit_notes_amount + pre,
  });
  if (pre === 0) return;
  askFor(call, invoice);
  if (invoice.status === "open" && invoice.amount_remaining === 0) markPaid(call, invoice, "nothing_due");
}

/** Lets the open payment ask for what remains. */
function askFor(call: Call, { local, amount_remaining, ...invoice }: Invoice): void {
  const intent = local.paymentIntent ? call.store.get<PaymentIntent>("payment_intent", local.paymentIntent) : null;
  if (!intent || intent.status === "succeeded" || intent.status === "canceled") return;
  call.store.put({ ...intent, amount: amount_remaining });
  for (const payment of paymentsOf(call, { ...invoice, local, amount_remaining })) {
    if (payment.status === "open") call.store.put({ ...payment, amount_requested: amount_remaining });
  }
}

export function readCreditNote({ store }: Call, id: string): CreditNote {
  const note = store.get<CreditNote>("credit_note", id);
  if (!note) throw noSuch("credit note", id);
  return note;
}

/** Takes a credit note back while its invoice is still open. @throws StripeError when something was given back already */
export function voidCreditNote(call: Call, id: string): CreditNote {
  const before = readCreditNote(call, id);
  const invoice = readInvoice(call, before.invoice);
  if (before.status === "void") throw refuse("The credit note is already void.", "id");
  if (invoice.status !== "open" || before.post_payment_amount > 0) {
    throw refuse("You can only void credit notes on open invoices.", "id");
  }
  const note: CreditNote = { ...before, status: "void", voided_at: call.now };
  call.store.put(note);
  call.emit("credit_note.voided", note);
  const more = before.pre_payment_amount;
  const restored = changeInvoice(call, invoice, {
    amount_due: invoice.amount_due + more,
    amount_remaining: invoice.amount_remaining + more,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount - more,
  });
  askFor(call, restored);
  return note;
}
