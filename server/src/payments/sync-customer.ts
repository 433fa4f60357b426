import type Stripe from "stripe";
import type { Platform } from "../platform/scope.ts";
import { saveCustomer } from "./stripe-customer.ts";
import { stripeOf } from "./stripe-client.ts";
import type { PaymentMethod } from "./stripe-mirror.entity.ts";

/** Reads the customer at Stripe again, with the payment method that the next invoice will be charged to. */
export async function syncCustomer(platform: Platform, organizationId: string, stripeId: string): Promise<void> {
  const stripe = stripeOf(platform);
  const customer = await stripe.customers.retrieve(stripeId, {
    expand: ["invoice_settings.default_payment_method"],
  });
  await saveCustomer(platform, organizationId, customer, customer.deleted ? null : await methodOf(stripe, customer));
}

/** The customer's default, else the newest card it has attached. */
async function methodOf(stripe: Stripe, customer: Stripe.Customer): Promise<PaymentMethod | null> {
  const chosen = customer.invoice_settings.default_payment_method;
  if (chosen !== null && typeof chosen !== "string") return paymentMethodOf(chosen);
  const { data } = await stripe.customers.listPaymentMethods(customer.id, { limit: 1 });
  return data[0] ? paymentMethodOf(data[0]) : null;
}

function paymentMethodOf({ id, type, card }: Stripe.PaymentMethod): PaymentMethod {
  return {
    id,
    kind: type,
    brand: card?.brand ?? type,
    last4: card?.last4 ?? "",
    expMonth: card?.exp_month ?? null,
    expYear: card?.exp_year ?? null,
  };
}
