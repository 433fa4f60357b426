import type { Call } from "../http/call.ts";
import { checkoutUrl } from "../http/links.ts";
import { page, pageOf, type PageParams } from "../http/paging.ts";
import type { Route } from "../http/route.ts";
import { missing, noSuch } from "../http/stripe-error.ts";
import { mergeMetadata } from "../objects/change.ts";
import { type CheckoutLine, type CheckoutSession, newCheckoutSession } from "../objects/checkout-session.ts";
import type { Customer } from "../objects/customer.ts";
import { newSetupIntent } from "../objects/setup-intent.ts";
import type { Metadata } from "../objects/subscription.ts";
import { linesOf } from "./checkout-lines.ts";
import { decimalOf } from "./decimal.ts";
import { createInlinePrice, type PriceData } from "./inline-price.ts";
import { isMetered } from "./lines.ts";
import { amountFor } from "./price-amount.ts";
import { readCustomer, readPrice, readProduct } from "./read.ts";
import { refuse } from "./refuse.ts";
import { currencyOf } from "./subscription-items.ts";
import type { SubscriptionTerms } from "./subscription-terms.ts";

type SessionParams = {
  billing_address_collection?: "auto" | "required";
  cancel_url?: string;
  client_reference_id?: string;
  currency?: string;
  customer?: string;
  customer_email?: string;
  expires_at?: number;
  line_items?: { price?: string; price_data?: PriceData; quantity?: number }[];
  locale?: string;
  metadata?: Metadata;
  mode?: "payment" | "setup" | "subscription";
  payment_method_collection?: "always" | "if_required";
  setup_intent_data?: { description?: string; metadata?: Metadata };
  subscription_data?: Pick<SubscriptionTerms, "billing_cycle_anchor" | "billing_mode" | "description" | "metadata"> &
    Pick<SubscriptionTerms, "proration_behavior" | "trial_end" | "trial_period_days" | "trial_settings">;
  success_url?: string;
};

const HOUR = 3600;
const SHORTEST = HOUR / 2;
const LONGEST = 24 * HOUR;

/** @throws StripeError "No such checkout.session" */
export function readSession({ store }: Call, id: string): CheckoutSession {
  const session = store.get<CheckoutSession>("checkout.session", id);
  if (!session) throw noSuch("checkout.session", id);
  return session;
}

/** Opens a page on which a person takes a subscription or leaves a card. */
function createSession(call: Call, params: SessionParams): CheckoutSession {
  if (params.mode === undefined) throw missing("mode");
  if (params.mode === "payment") throw refuse("One-off payments are not part of this stand-in.", "mode");
  if (params.success_url === undefined) throw missing("success_url");
  const customer = params.customer === undefined ? null : readCustomer(call, params.customer, "customer");
  if (customer && params.customer_email !== undefined) {
    throw refuse("You may only specify one of these parameters: customer, customer_email.");
  }
  const expiresAt = params.expires_at ?? call.now + LONGEST;
  if (expiresAt < call.now + SHORTEST || expiresAt > call.now + LONGEST) {
    throw refuse("The `expires_at` timestamp must be between 30 minutes and 24 hours from now.", "expires_at");
  }
  const id = call.newId("cs_test");
  const shared = {
    id,
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    created: call.now,
    customer: customer?.id ?? null,
    customer_creation: customer ? null : ("always" as const),
    customer_details: customer && detailsOf(customer),
    customer_email: params.customer_email ?? null,
    expires_at: expiresAt,
    locale: params.locale ?? null,
    metadata: mergeMetadata({}, params.metadata ?? {}),
    payment_method_collection: params.payment_method_collection ?? "always",
    success_url: params.success_url,
    url: checkoutUrl(call.origin, id),
  };
  const session =
    params.mode === "setup"
      ? newCheckoutSession({ ...shared, ...setupFields(call, shared.customer, params) })
      : newCheckoutSession({ ...shared, ...subscriptionFields(call, params) });
  call.store.put(session, { due: expiresAt });
  return session;
}

/** What a session knows of who pays. */
export const detailsOf = (customer: Customer): object => ({
  address: customer.address,
  business_name: null,
  email: customer.email,
  individual_name: null,
  name: customer.name,
  phone: customer.phone,
  tax_exempt: customer.tax_exempt,
  tax_ids: [],
});

function setupFields(call: Call, customer: string | null, { currency, setup_intent_data }: SessionParams) {
  const intent = newSetupIntent({
    id: call.newId("seti"),
    created: call.now,
    customer,
    description: setup_intent_data?.description ?? null,
    metadata: mergeMetadata({}, setup_intent_data?.metadata),
  });
  call.store.put(intent);
  call.emit("setup_intent.created", intent);
  return {
    currency: currency ?? null,
    mode: "setup" as const,
    payment_status: "no_payment_required" as const,
    setup_intent: intent.id,
    local: { lines: [], subscriptionData: {}, waitsFor: null },
  };
}

function subscriptionFields(call: Call, { line_items = [], subscription_data = {} }: SessionParams) {
  if (line_items.length === 0) throw missing("line_items");
  const prices = line_items.map(({ price, price_data }, index) => {
    const found = price_data
      ? createInlinePrice(call, price_data)
      : readPrice(call, price ?? "", `line_items[${index}][price]`);
    if (!found.recurring) {
      throw refuse("You must provide at least one recurring price in `subscription` mode.", `line_items[${index}]`);
    }
    return found;
  });
  const currency = currencyOf(prices);
  const { trial_end, trial_period_days } = subscription_data;
  if (typeof trial_end === "number" && trial_end < call.now + 2 * LONGEST) {
    throw refuse("The `trial_end` date has to be at least 2 days in the future.", "subscription_data[trial_end]");
  }
  const isTrial = trial_end !== undefined || (trial_period_days ?? 0) > 0;
  const lines = prices.map((price, index): CheckoutLine => {
    const quantity = isMetered(price) ? null : (line_items[index]?.quantity ?? 1);
    const amount = isTrial || quantity === null ? 0 : amountFor(price, decimalOf(quantity));
    return {
      id: call.newId("li"),
      object: "item",
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
      currency,
      description: readProduct(call, price.product).name,
      metadata: {},
      price: price.id,
      quantity,
    };
  });
  const total = lines.reduce((sum, { amount_total }) => sum + amount_total, 0);
  return {
    amount_subtotal: total,
    amount_total: total,
    currency,
    mode: "subscription" as const,
    payment_status: total === 0 ? ("no_payment_required" as const) : ("unpaid" as const),
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    local: { lines, subscriptionData: subscription_data, waitsFor: null },
  };
}

/** Closes a page before its time. @throws StripeError when it is no longer open */
function expire(call: Call, id: string): CheckoutSession {
  const session = readSession(call, id);
  if (session.status !== "open") {
    throw refuse(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    );
  }
  return expireSession(call, session);
}

export function expireSession(call: Call, before: CheckoutSession): CheckoutSession {
  const session: CheckoutSession = { ...before, status: "expired", url: null };
  call.store.put(session, { due: null });
  call.emit("checkout.session.expired", session);
  return session;
}

type ListParams = PageParams & { customer?: string; status?: CheckoutSession["status"]; subscription?: string };

export const checkoutRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/checkout/sessions",
    handle: (call: Call, params: SessionParams) => createSession(call, params),
  },
  {
    method: "GET",
    path: "/v1/checkout/sessions",
    handle: ({ store }: Call, params: ListParams) =>
      page<CheckoutSession>(store, params, {
        kind: "checkout.session",
        url: "/v1/checkout/sessions",
        filter: {
          ...(params.customer === undefined ? {} : { customer: params.customer }),
          ...(params.subscription === undefined ? {} : { subscription: params.subscription }),
        },
        matches: ({ status }) => params.status === undefined || status === params.status,
      }),
  },
  {
    method: "GET",
    path: "/v1/checkout/sessions/:id",
    handle: (call, _params, { id = "" }) => readSession(call, id),
  },
  {
    method: "POST",
    path: "/v1/checkout/sessions/:id/expire",
    handle: (call, _params, { id = "" }) => expire(call, id),
  },
  {
    method: "GET",
    path: "/v1/checkout/sessions/:id/line_items",
    handle: (call: Call, params: PageParams, { id = "" }) =>
      pageOf(linesOf(call, readSession(call, id)), params, `/v1/checkout/sessions/${id}/line_items`),
  },
];
