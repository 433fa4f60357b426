import type { Platform } from "../platform/scope.ts";
import { callFault, idOf, stripeOf } from "./stripe-client.ts";

const UNKNOWN = "The payment did not succeed.";

/** Why an invoice was not paid, in words for the person who pays. */
export async function declineOf(platform: Platform, stripeInvoiceId: string): Promise<string> {
  const stripe = stripeOf(platform);
  try {
    const invoice = await stripe.invoices.retrieve(stripeInvoiceId, { expand: ["payments"] });
    const intents = (invoice.payments?.data ?? []).flatMap(({ payment }) => idOf(payment.payment_intent) ?? []);
    const last = intents.at(-1);
    if (last === undefined) return UNKNOWN;
    const intent = await stripe.paymentIntents.retrieve(last);
    if (intent.status === "requires_action") return "The bank wants a confirmation of the payment.";
    return intent.last_payment_error?.message ?? UNKNOWN;
  } catch (error) {
    // It failed, whatever else cannot be read now.
    if (callFault(error) === null) throw error;
    return UNKNOWN;
  }
}
