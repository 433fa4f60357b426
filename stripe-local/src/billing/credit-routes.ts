import type { Call } from "../http/call.ts";
import { page, pageOf, type PageParams } from "../http/paging.ts";
import type { Route } from "../http/route.ts";
import { noSuch } from "../http/stripe-error.ts";
import { mergeMetadata } from "../objects/change.ts";
import type { CreditNote } from "../objects/credit-note.ts";
import type { Dispute } from "../objects/dispute.ts";
import type { Refund } from "../objects/refund.ts";
import type { Metadata } from "../objects/subscription.ts";
import { createCreditNote, type CreditNoteParams, readCreditNote, voidCreditNote } from "./credit-notes.ts";
import { type BalanceTransaction, enterBalance } from "./customer-balance.ts";
import { closeDispute } from "./disputes.ts";
import { emitUpdate } from "./present.ts";
import { readCustomer } from "./read.ts";
import { changeRefund, createRefund, type RefundParams } from "./refunds.ts";
import { rehearse } from "./rehearsal.ts";

type ByCharge = PageParams & { charge?: string; payment_intent?: string };

const ofCharge =
  ({ charge, payment_intent }: ByCharge) =>
  (object: Refund | Dispute) =>
    (charge === undefined || object.charge === charge) &&
    (payment_intent === undefined || object.payment_intent === payment_intent);

function readRefund({ store }: Call, id: string): Refund {
  const refund = store.get<Refund>("refund", id);
  if (!refund) throw noSuch("refund", id);
  return refund;
}

const refundRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/refunds", handle: (call: Call, params: RefundParams) => createRefund(call, params) },
  {
    method: "GET",
    path: "/v1/refunds",
    handle: ({ store }: Call, params: ByCharge) =>
      page<Refund>(store, params, { kind: "refund", url: "/v1/refunds", matches: ofCharge(params) }),
  },
  { method: "GET", path: "/v1/refunds/:id", handle: (call, _params, { id = "" }) => readRefund(call, id) },
  {
    method: "POST",
    path: "/v1/refunds/:id",
    handle: (call: Call, { metadata = {} }: { metadata?: Metadata | "" }, { id = "" }) => {
      const before = readRefund(call, id);
      return changeRefund(call, before, { ...before, metadata: mergeMetadata(before.metadata, metadata) });
    },
  },
];

function rehearsed(call: Call, params: CreditNoteParams): CreditNote {
  return createCreditNote(rehearse(call), params);
}

const creditNoteRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/credit_notes",
    handle: (call: Call, params: CreditNoteParams) => createCreditNote(call, params),
  },
  {
    method: "GET",
    path: "/v1/credit_notes",
    handle: ({ store }: Call, params: PageParams & { customer?: string; invoice?: string }) => {
      const { customer, invoice } = params;
      const filter = { ...(customer === undefined ? {} : { customer }), ...(invoice === undefined ? {} : { invoice }) };
      return page<CreditNote>(store, params, { kind: "credit_note", url: "/v1/credit_notes", filter });
    },
  },
  {
    method: "GET",
    path: "/v1/credit_notes/preview",
    handle: (call: Call, params: CreditNoteParams) => rehearsed(call, params),
  },
  {
    method: "GET",
    path: "/v1/credit_notes/preview/lines",
    handle: (call: Call, params: CreditNoteParams & PageParams) =>
      pageOf(rehearsed(call, params).lines, params, "/v1/credit_notes/preview/lines"),
  },
  { method: "GET", path: "/v1/credit_notes/:id", handle: (call, _params, { id = "" }) => readCreditNote(call, id) },
  {
    method: "POST",
    path: "/v1/credit_notes/:id",
    handle: (call: Call, params: { memo?: string; metadata?: Metadata | "" }, { id = "" }) => {
      const before = readCreditNote(call, id);
      const after: CreditNote = {
        ...before,
        memo: params.memo ?? before.memo,
        metadata: mergeMetadata(before.metadata, params.metadata ?? {}),
      };
      call.store.put(after);
      emitUpdate(call, "credit_note.updated", before, after);
      return after;
    },
  },
  {
    method: "GET",
    path: "/v1/credit_notes/:id/lines",
    handle: (call: Call, params: PageParams, { id = "" }) =>
      pageOf(readCreditNote(call, id).lines, params, `/v1/credit_notes/${id}/lines`),
  },
  {
    method: "POST",
    path: "/v1/credit_notes/:id/void",
    handle: (call, _params, { id = "" }) => voidCreditNote(call, id),
  },
];

const balanceUrl = (customer: string): string => `/v1/customers/${customer}/balance_transactions`;

const balanceRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/customers/:id/balance_transactions",
    handle: (
      call: Call,
      params: { amount: number; currency: string; description?: string; metadata?: Metadata | "" },
      { id = "" },
    ) =>
      enterBalance(call, readCustomer(call, id), {
        amount: params.amount,
        currency: params.currency,
        description: params.description ?? null,
        metadata: mergeMetadata({}, params.metadata ?? {}),
        type: "adjustment",
      }),
  },
  {
    method: "GET",
    path: "/v1/customers/:id/balance_transactions",
    handle: (call: Call, params: PageParams & { invoice?: string }, { id = "" }) => {
      const filter = { customer: readCustomer(call, id).id, ...(params.invoice ? { invoice: params.invoice } : {}) };
      const kind = "customer_balance_transaction";
      return page<BalanceTransaction>(call.store, params, { kind, url: balanceUrl(id), filter });
    },
  },
  {
    method: "GET",
    path: "/v1/customers/:customerId/balance_transactions/:id",
    handle: ({ store }, _params, { id = "" }) => {
      const found = store.get<BalanceTransaction>("customer_balance_transaction", id);
      if (!found) throw noSuch("customer_balance_transaction", id);
      return found;
    },
  },
];

function readDispute({ store }: Call, id: string): Dispute {
  const dispute = store.get<Dispute>("dispute", id);
  if (!dispute) throw noSuch("dispute", id);
  return dispute;
}

const disputeRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/disputes",
    handle: ({ store }: Call, params: ByCharge) =>
      page<Dispute>(store, params, { kind: "dispute", url: "/v1/disputes", matches: ofCharge(params) }),
  },
  { method: "GET", path: "/v1/disputes/:id", handle: (call, _params, { id = "" }) => readDispute(call, id) },
  // Who closes a dispute at Stripe gives in.
  {
    method: "POST",
    path: "/v1/disputes/:id/close",
    handle: (call, _params, { id = "" }) => closeDispute(call, id, "lost"),
  },
];

/** Money that goes back, and what is owed to customers. */
export const creditRoutes: readonly Route[] = [
  ...refundRoutes,
  ...creditNoteRoutes,
  ...balanceRoutes,
  ...disputeRoutes,
];
