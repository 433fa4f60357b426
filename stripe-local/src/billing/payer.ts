import type { Call } from "../http/call.ts";
import { invalid } from "../http/stripe-error.ts";
import { type Invoice, subscriptionIdOf } from "../objects/invoice.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import { readCustomer, readPaymentMethod, readSubscription } from "./read.ts";

type Defaults = { readonly customer: string; readonly default_payment_method: string | null };

/** The first card in the order of Stripe that is still the customer's: one that was detached is passed over. */
function firstAttached({ store }: Call, customerId: string, ids: readonly (string | null)[]): PaymentMethod | null {
  for (const id of ids) {
    const method = id === null ? null : store.get<PaymentMethod>("payment_method", id);
    if (method?.customer === customerId) return method;
  }
  return null;
}

const defaultOf = (call: Call, customerId: string): string | null =>
  readCustomer(call, customerId).invoice_settings.default_payment_method;

/** The card that a subscription is charged to: its own, else the customer's. */
export const payerOfSubscription = (call: Call, { customer, default_payment_method }: Defaults) =>
  firstAttached(call, customer, [default_payment_method, defaultOf(call, customer)]);

/** The card that an invoice is charged to when none is named: its own, its subscription's, the customer's. */
export function payerOf(call: Call, invoice: Invoice): PaymentMethod | null {
  const id = subscriptionIdOf(invoice);
  const own = id === null ? null : readSubscription(call, id).default_payment_method;
  return firstAttached(call, invoice.customer, [
    invoice.default_payment_method,
    own,
    defaultOf(call, invoice.customer),
  ]);
}

/** @throws StripeError when the payment method is another's or nobody's */
export function ownMethod(call: Call, id: string, customerId: string): PaymentMethod {
  const method = readPaymentMethod(call, id, "default_payment_method");
  if (method.customer !== customerId) {
    throw invalid(
      "default_payment_method",
      `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
      "resource_missing",
    );
  }
  return method;
}
