import { majorFromMinor } from "../../kernel/money.ts";
import type { StoredInvoice } from "../../invoices/stored-invoice.ts";
import type { Platform, Scope } from "../../platform/scope.ts";
import { idOf, stripeOf } from "../stripe-client.ts";
import { actOnInvoice, type InvoiceCall } from "./act-on-invoice.ts";
import { disputed, readAmount } from "./credit-invoice.ts";
import { InvoiceRefused } from "./invoice-act.refusals.ts";
import { requireStatus } from "./invoice-acts.ts";

export type RefundInvoice = {
  readonly organizationId: string;
  readonly invoiceId: string;
  readonly amount: string;
  readonly reason: string;
};

/**
 * Sends money back to the card without a credit note: never more than was paid by card and has not
 * gone back yet.
 *
 * @throws as `actOnInvoice`; InvoiceRefused while the payment is disputed
 */
export async function refundInvoice(
  scope: Scope,
  { organizationId, invoiceId, amount, reason }: RefundInvoice,
): Promise<StoredInvoice> {
  const wanted = readAmount(amount, "amount");
  const name = { doing: "refund an invoice", action: "invoice.refunded" };
  return actOnInvoice(scope, { organizationId, id: invoiceId, reason }, name, async (invoice) => {
    requireStatus(invoice, ["PAID"], "refunded");
    if (invoice.disputed) throw disputed();
    const paid = await refundable(scope.platform, invoice.stripeId);
    const left = paid.reduce((sum, { leftMinor }) => sum + leftMinor, 0n);
    if (wanted > left) throw new InvoiceRefused(`Of what was paid by card ${majorFromMinor(left)} is left.`);
    return refundsOf(organizationId, paid, wanted);
  });
}

type PaidByCard = { readonly intentId: string; readonly leftMinor: bigint };

/** The invoice's payments by card with what has not gone back of each. */
async function refundable(platform: Platform, stripeId: string): Promise<PaidByCard[]> {
  const stripe = stripeOf(platform);
  const invoice = await stripe.invoices.retrieve(stripeId, { expand: ["payments"] });
  const paid = (invoice.payments?.data ?? []).filter(({ status }) => status === "paid");
  return Promise.all(
    paid.flatMap(({ amount_paid, payment }) => {
      const intentId = idOf(payment.payment_intent);
      if (intentId === null) return [];
      return [
        stripe.refunds
          .list({ payment_intent: intentId, limit: 100 })
          .autoPagingToArray({ limit: 1_000 })
          .then((refunds) => {
            const gone = refunds
              .filter(({ status }) => status !== "failed" && status !== "canceled")
              .reduce((sum, refund) => sum + BigInt(refund.amount), 0n);
            return { intentId, leftMinor: BigInt(amount_paid ?? 0) - gone };
          }),
      ];
    }),
  );
}

/** One refund for each payment that it takes. */
function refundsOf(organizationId: string, paid: readonly PaidByCard[], wanted: bigint): InvoiceCall[] {
  let rest = wanted;
  return paid.flatMap(({ intentId, leftMinor }): InvoiceCall[] => {
    const part = rest < leftMinor ? rest : leftMinor;
    rest -= part;
    if (part <= 0n) return [];
    const metadata = { organization_id: organizationId };
    return [{ kind: "refund.create", params: { payment_intent: intentId, amount: Number(part), metadata } }];
  });
}
