import type { Call } from "../http/call.ts";
import { page, type PageParams } from "../http/paging.ts";
import type { Route } from "../http/route.ts";
import { invalid, missing, noSuch, StripeError } from "../http/stripe-error.ts";
import { cardByAlias, cardByNumber, type EnteredCard, type TestCard } from "./card.ts";
import { mergeMetadata, update, type MetadataParam } from "./change.ts";
import { existingCustomer, type Customer } from "./customer.ts";
import {
  attachToCustomer,
  newPaymentMethod,
  noAddress,
  type BillingDetails,
  type PaymentMethod,
} from "./payment-method.ts";

type Billing = Partial<Omit<BillingDetails, "address">> & { address?: Partial<BillingDetails["address"]> | "" };
type CardParams = { number?: string; exp_month?: number; exp_year?: number; cvc?: string; token?: string };

export const paymentMethodRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/payment_methods",
    handle(call, params: { type?: string; card?: CardParams; billing_details?: Billing; metadata?: MetadataParam }) {
      if (params.type === undefined) throw missing("type");
      if (params.type !== "card") throw invalid("type", `stripe-local takes cards only, not ${params.type}.`);
      if (params.card === undefined) throw missing("card");
      const method = newPaymentMethod(call, entered(call, params.card), billing(params.billing_details));
      const created = { ...method, metadata: mergeMetadata({}, params.metadata) };
      call.store.put(created);
      return created;
    },
  },
  {
    method: "GET",
    path: "/v1/payment_methods",
    handle: ({ store }, params: PageParams & { customer?: string; type?: string }) =>
      page<PaymentMethod>(store, params, {
        kind: "payment_method",
        url: "/v1/payment_methods",
        filter: params.customer === undefined ? {} : { customer: params.customer },
        matches: ({ type, customer }) => customer !== null && (params.type === undefined || type === params.type),
      }),
  },
  {
    method: "GET",
    path: "/v1/payment_methods/:id",
    handle: (call, _params, { id = "" }) => existing(call, id),
  },
  {
    method: "POST",
    path: "/v1/payment_methods/:id",
    handle(
      call,
      params: {
        billing_details?: Billing;
        card?: Pick<CardParams, "exp_month" | "exp_year">;
        metadata?: MetadataParam;
      },
      { id = "" },
    ) {
      const method = existing(call, id);
      if (method.customer === null) {
        throw new StripeError("You must save this PaymentMethod to a customer before you can update it.");
      }
      return update(call, "payment_method.updated", method, {
        ...method,
        billing_details: { ...method.billing_details, ...billing(params.billing_details) },
        card: { ...method.card, ...params.card },
        metadata: mergeMetadata(method.metadata, params.metadata),
      });
    },
  },
  {
    method: "POST",
    path: "/v1/payment_methods/:id/attach",
    handle(call, params: { customer?: string }, { id = "" }) {
      if (params.customer === undefined) throw missing("customer");
      const customer = existingCustomer(call, params.customer);
      const method = resolvePaymentMethod(call, id);
      if (method.customer === customer.id) return method;
      if (method.customer !== null) {
        throw new StripeError("The payment method you provided has already been attached to a customer.");
      }
      return attachToCustomer(call, method, customer.id);
    },
  },
  { method: "POST", path: "/v1/payment_methods/:id/detach", handle: (call, _params, { id = "" }) => detach(call, id) },
];

/**
 * Takes a saved card away from its customer, also where it is the default.
 *
 * @throws StripeError when it belongs to nobody
 */
export function detach(call: Call, id: string): PaymentMethod {
  const method = existing(call, id);
  if (method.customer === null) {
    throw new StripeError("The payment method you provided is not attached to a customer so detachment is impossible.");
  }
  const customer = call.store.get<Customer>("customer", method.customer);
  const detached = { ...method, customer: null };
  call.store.put(detached, { customer: null });
  call.emit("payment_method.detached", detached, { customer: method.customer });
  if (customer?.invoice_settings?.default_payment_method === id) {
    const settings = { ...customer.invoice_settings, default_payment_method: null };
    update(call, "customer.updated", customer, { ...customer, invoice_settings: settings });
  }
  return detached;
}

/**
 * A payment method by its id; a test card's name, such as `pm_card_visa`, makes a new one.
 *
 * @throws StripeError resource_missing
 */
export function resolvePaymentMethod(call: Call, id: string, param = "payment_method"): PaymentMethod {
  const card = id.startsWith("pm_card_") ? cardByAlias(id) : null;
  if (!card) return existing(call, id, param);
  const method = newPaymentMethod(call, { card, cvc: null, name: null, ...goodFor(call.now) });
  call.store.put(method);
  return method;
}

function existing({ store }: Call, id: string, param = "id"): PaymentMethod {
  const method = store.get<PaymentMethod>("payment_method", id);
  if (!method) throw noSuch("PaymentMethod", id, param);
  return method;
}

function entered({ now }: Call, { number, token, exp_month, exp_year, cvc: code }: CardParams): EnteredCard {
  const until = goodFor(now);
  const cvc = code ?? null;
  if (token !== undefined) {
    return { card: known(cardByAlias(token), "card[token]", `No such token: '${token}'`), cvc, name: null, ...until };
  }
  if (number === undefined) throw missing("card[number]");
  const card = known(
    cardByNumber(number),
    "card[number]",
    "Your card number is incorrect. stripe-local knows test cards only.",
  );
  return { card, cvc, name: null, expMonth: exp_month ?? until.expMonth, expYear: exp_year ?? until.expYear };
}

function known(card: TestCard | null, param: string, message: string): TestCard {
  if (card) return card;
  if (param === "card[token]") throw new StripeError(message, { code: "resource_missing", param });
  throw new StripeError(message, { type: "card_error", code: "incorrect_number", param: "number" });
}

/** Cards that come without a date are good for some years, also on a clock that has been moved. */
function goodFor(now: number): { expMonth: number; expYear: number } {
  const at = new Date(now * 1000);
  return { expMonth: at.getUTCMonth() + 1, expYear: at.getUTCFullYear() + 5 };
}

function billing(params: Billing | undefined): Partial<BillingDetails> {
  if (!params) return {};
  const { address, ...rest } = params;
  const full = address === undefined ? {} : { address: { ...noAddress, ...(address === "" ? {} : address) } };
  return { ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, value || null])), ...full };
}
