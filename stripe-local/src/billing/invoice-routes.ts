import type { Call } from "../http/call.ts";
import { isWithin, page, pageOf, type PageParams, type Range } from "../http/paging.ts";
import type { Route } from "../http/route.ts";
import type { InvoiceItem } from "../objects/invoice-item.ts";
import type { Invoice, InvoiceStatus } from "../objects/invoice.ts";
import type { Metadata } from "../objects/subscription.ts";
import { advance } from "./collect.ts";
import { finalize, markUncollectible, voidInvoice } from "./finalize.ts";
import { createInvoice, deleteInvoice, type InvoiceParams, updateInvoice } from "./invoice-create.ts";
import {
  addLines,
  createInvoiceItem,
  deleteInvoiceItem,
  type InvoiceItemParams,
  updateInvoiceItem,
} from "./invoice-items.ts";
import { payInvoice, type PayParams } from "./invoice-pay.ts";
import { changeInvoice } from "./invoice-store.ts";
import { previewInvoice, type PreviewParams } from "./preview.ts";
import { readInvoice, readInvoiceItem } from "./read.ts";
import { refreshUsage } from "./refresh-usage.ts";

type ListParams = PageParams & {
  collection_method?: string;
  customer?: string;
  due_date?: number | Range;
  status?: InvoiceStatus;
  subscription?: string;
};

const optional = <K extends string>(name: K, value: string | undefined) =>
  value === undefined ? {} : ({ [name]: value } as Record<K, string>);

function listInvoices({ store }: Call, params: ListParams) {
  const { collection_method, customer, due_date, status, subscription } = params;
  return page<Invoice>(store, params, {
    kind: "invoice",
    url: "/v1/invoices",
    filter: { ...optional("customer", customer), ...optional("subscription", subscription) },
    matches: (invoice) =>
      (status === undefined || invoice.status === status) &&
      (collection_method === undefined || invoice.collection_method === collection_method) &&
      isWithin(invoice.due_date, due_date),
  });
}

/** Makes a draft final. Who asks for `auto_advance` asks for the money too, at once. */
function finalizeInvoice(call: Call, params: { auto_advance?: boolean }, id: string): Invoice {
  const before = readInvoice(call, id);
  const { auto_advance } = params;
  if (before.status !== "draft" || auto_advance === undefined || auto_advance === before.auto_advance) {
    return before.auto_advance ? advance(call, id) : finalize(call, id);
  }
  changeInvoice(call, before, { auto_advance });
  return auto_advance ? advance(call, id) : finalize(call, id);
}

/** Sends an invoice to the customer; a draft is made final first. */
function sendInvoice(call: Call, id: string): Invoice {
  const before = readInvoice(call, id);
  const invoice = before.status === "draft" ? finalize(call, id) : before;
  call.emit("invoice.sent", invoice);
  return invoice;
}

export const invoiceRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/invoices", handle: (call: Call, params: InvoiceParams) => createInvoice(call, params) },
  {
    method: "POST",
    path: "/v1/invoices/create_preview",
    handle: (call: Call, params: PreviewParams) => previewInvoice(call, params),
  },
  { method: "GET", path: "/v1/invoices", handle: (call: Call, params: ListParams) => listInvoices(call, params) },
  {
    method: "GET",
    path: "/v1/invoices/:id",
    handle: (call, _params, { id = "" }) => refreshUsage(call, readInvoice(call, id)),
  },
  {
    method: "POST",
    path: "/v1/invoices/:id",
    handle: (call: Call, params: InvoiceParams, { id = "" }) => updateInvoice(call, id, params),
  },
  { method: "DELETE", path: "/v1/invoices/:id", handle: (call, _params, { id = "" }) => deleteInvoice(call, id) },
  {
    method: "GET",
    path: "/v1/invoices/:id/lines",
    handle: (call: Call, params: PageParams, { id = "" }) =>
      pageOf(refreshUsage(call, readInvoice(call, id)).lines, params, `/v1/invoices/${id}/lines`),
  },
  {
    method: "POST",
    path: "/v1/invoices/:id/add_lines",
    handle: (call: Call, params: { lines: InvoiceItemParams[]; invoice_metadata?: Metadata | "" }, { id = "" }) =>
      addLines(call, id, params.lines, params.invoice_metadata),
  },
  {
    method: "POST",
    path: "/v1/invoices/:id/finalize",
    handle: (call: Call, params: { auto_advance?: boolean }, { id = "" }) => finalizeInvoice(call, params, id),
  },
  {
    method: "POST",
    path: "/v1/invoices/:id/pay",
    handle: (call: Call, params: PayParams, { id = "" }) => payInvoice(call, id, params),
  },
  {
    method: "POST",
    path: "/v1/invoices/:id/void",
    handle: (call, _params, { id = "" }) => voidInvoice(call, readInvoice(call, id)),
  },
  {
    method: "POST",
    path: "/v1/invoices/:id/mark_uncollectible",
    handle: (call, _params, { id = "" }) => markUncollectible(call, readInvoice(call, id)),
  },
  { method: "POST", path: "/v1/invoices/:id/send", handle: (call, _params, { id = "" }) => sendInvoice(call, id) },
];

type ItemListParams = PageParams & { customer?: string; invoice?: string; pending?: boolean };

export const invoiceItemRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/invoiceitems",
    handle: (call: Call, params: InvoiceItemParams) => createInvoiceItem(call, params),
  },
  {
    method: "GET",
    path: "/v1/invoiceitems",
    handle: ({ store }: Call, params: ItemListParams) => {
      const { created, customer, invoice, pending, ...cursor } = params;
      return page<InvoiceItem>(store, cursor, {
        kind: "invoiceitem",
        url: "/v1/invoiceitems",
        filter: { ...optional("customer", customer), ...optional("invoice", invoice) },
        matches: (item) =>
          isWithin(item.date, created) && (pending === undefined || (item.invoice === null) === pending),
      });
    },
  },
  { method: "GET", path: "/v1/invoiceitems/:id", handle: (call, _params, { id = "" }) => readInvoiceItem(call, id) },
  {
    method: "POST",
    path: "/v1/invoiceitems/:id",
    handle: (call: Call, params: InvoiceItemParams, { id = "" }) => updateInvoiceItem(call, id, params),
  },
  {
    method: "DELETE",
    path: "/v1/invoiceitems/:id",
    handle: (call, _params, { id = "" }) => deleteInvoiceItem(call, id),
  },
];
