import type { Call } from "../http/call.ts";
import { page, type PageParams } from "../http/paging.ts";
import type { Route } from "../http/route.ts";
import { noSuch } from "../http/stripe-error.ts";
import type { Charge } from "../objects/charge.ts";
import type { InvoicePayment, PaymentIntent } from "../objects/payment-intent.ts";
import type { StripeObject } from "../store/store.ts";

const byCustomer = (customer: string | undefined) => (customer === undefined ? {} : { filter: { customer } });

function found<T extends StripeObject>({ store }: Call, kind: string, id: string): T {
  const object = store.get<T>(kind, id);
  if (!object) throw noSuch(kind, id);
  return object;
}

type PaymentListParams = PageParams & {
  invoice?: string;
  payment?: { payment_intent?: string };
  status?: InvoicePayment["status"];
};

export const paymentRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/invoice_payments",
    handle: ({ store }: Call, params: PaymentListParams) =>
      page<InvoicePayment>(store, params, {
        kind: "invoice_payment",
        url: "/v1/invoice_payments",
        ...(params.invoice === undefined ? {} : { filter: { invoice: params.invoice } }),
        matches: ({ payment, status }) =>
          (params.status === undefined || status === params.status) &&
          (params.payment?.payment_intent === undefined || payment.payment_intent === params.payment.payment_intent),
      }),
  },
  {
    method: "GET",
    path: "/v1/invoice_payments/:id",
    handle: (call, _params, { id = "" }) => found(call, "invoice_payment", id),
  },
  {
    method: "GET",
    path: "/v1/payment_intents",
    handle: ({ store }: Call, params: PageParams & { customer?: string }) =>
      page<PaymentIntent>(store, params, {
        kind: "payment_intent",
        url: "/v1/payment_intents",
        ...byCustomer(params.customer),
      }),
  },
  {
    method: "GET",
    path: "/v1/payment_intents/:id",
    handle: (call, _params, { id = "" }) => found(call, "payment_intent", id),
  },
  {
    method: "GET",
    path: "/v1/charges",
    handle: ({ store }: Call, params: PageParams & { customer?: string; payment_intent?: string }) =>
      page<Charge>(store, params, {
        kind: "charge",
        url: "/v1/charges",
        ...byCustomer(params.customer),
        matches: ({ payment_intent }) =>
          params.payment_intent === undefined || payment_intent === params.payment_intent,
      }),
  },
  { method: "GET", path: "/v1/charges/:id", handle: (call, _params, { id = "" }) => found(call, "charge", id) },
  {
    method: "GET",
    path: "/v1/setup_intents/:id",
    handle: (call, _params, { id = "" }) => found(call, "setup_intent", id),
  },
];
