import type { Call } from "../http/call.ts";
import { noSuch } from "../http/stripe-error.ts";
import type { Customer } from "../objects/customer.ts";
import type { InvoiceItem } from "../objects/invoice-item.ts";
import type { Invoice } from "../objects/invoice.ts";
import type { PaymentIntent } from "../objects/payment-intent.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import type { Price } from "../objects/price.ts";
import type { Subscription } from "../objects/subscription.ts";
import type { StripeObject } from "../store/store.ts";

/** The words that Stripe has for a kind in "No such ...". */
const nouns: Readonly<Record<string, string>> = {
  invoiceitem: "invoiceitem",
  payment_method: "PaymentMethod",
  "checkout.session": "checkout.session",
};

/** @throws StripeError "No such ..." under `param`, which is "id" when the path named the object */
function read<T extends StripeObject>(kind: string) {
  return ({ store }: Call, id: string, param = "id"): T => {
    const found = store.get<T>(kind, id);
    if (!found || found["deleted"] === true) throw noSuch(nouns[kind] ?? kind, id, param);
    return found;
  };
}

export const readSubscription = read<Subscription>("subscription");
export const readInvoice = read<Invoice>("invoice");
export const readInvoiceItem = read<InvoiceItem>("invoiceitem");
export const readCustomer = read<Customer>("customer");
export const readPrice = read<Price>("price");
export const readProduct = read<StripeObject & { name: string }>("product");
export const readPaymentIntent = read<PaymentIntent>("payment_intent");
export const readPaymentMethod = read<PaymentMethod>("payment_method");
