import type Stripe from "stripe";
import { linesThatCount, type MirroredInvoice } from "../../invoices/mirrored-invoice.ts";
import { instant, instantOrNull, whole } from "../../platform/database/row.ts";
import { isUuid } from "../../platform/id.ts";
import { mirroredInvoice, retrieveInvoice } from "../read-invoice.ts";
import { idOf } from "../stripe-client.ts";
import { type Comparison, type Fields, idsOf, type Mirrored, mirrorRule, ownersByCustomer } from "./mirror-rule.ts";

type Row = Record<string, unknown> & {
  organization_id: string;
  stripe_id: string;
  lines: { id: string; description: string; amount: string; tax: string; charge: string | null }[] | null;
  payments: { id: string; amount: string; status: string }[] | null;
};

const SELECT = `
  select i.organization_id, i.stripe_id, i.number, i.status, i.collection, i.currency, i.subtotal_minor, i.tax_minor, i.total_minor, i.amount_due_minor,
    i.amount_paid_minor, i.amount_remaining_minor, i.credited_minor, i.created_at, i.issued_at, i.due_at, i.paid_at,
    (select json_agg(json_build_object('id', l.stripe_line_id, 'description', l.description, 'amount', l.amount_minor::text, 'tax', l.tax_minor::text,
       'charge', l.charge_id)) from invoice_lines l where l.organization_id = i.organization_id and l.invoice_id = i.id) as lines,
    (select json_agg(json_build_object('id', p.stripe_id, 'amount', p.amount_minor::text, 'status', p.status))
       from invoice_payments p where p.organization_id = i.organization_id and p.invoice_id = i.id) as payments
  from invoices i where i.stripe_id in (select jsonb_array_elements_text($1::jsonb))`;

const comparison: Comparison<Stripe.Invoice> = {
  name: "stripe-invoices",
  list: (stripe) => stripe.invoices.list({ limit: 100, expand: ["data.payments"] }),
  retrieve: async (stripe, id) => stripe.invoices.retrieve(id, { expand: ["payments"] }),
  read: async (platform, invoice) =>
    stripesFields(
      invoice.lines.has_more
        ? (await retrieveInvoice(platform, invoice.id)).mirrored
        : await mirroredInvoice(platform, invoice, invoice.lines.data),
    ),
  mirrored: async (sql, ids) =>
    new Map((await sql<Row>(SELECT, [idsOf(ids)])).map((row): [string, Mirrored] => [row.stripe_id, ours(row)])),
  owners: (sql, invoices) => ownersByCustomer(sql, invoices, ({ customer }) => idOf(customer)),
  known: async (sql) =>
    (await sql<{ stripe_id: string }>("select stripe_id from invoices")).map(({ stripe_id }) => stripe_id),
};

const ours = (row: Row): Mirrored => ({
  organizationId: row.organization_id,
  fields: {
    number: row["number"],
    status: row["status"],
    collection: row["collection"],
    currency: row["currency"],
    subtotal: whole(row["subtotal_minor"]),
    tax: whole(row["tax_minor"]),
    total: whole(row["total_minor"]),
    amountDue: whole(row["amount_due_minor"]),
    amountPaid: whole(row["amount_paid_minor"]),
    amountRemaining: whole(row["amount_remaining_minor"]),
    credited: whole(row["credited_minor"]),
    createdAt: instant(row["created_at"]),
    issuedAt: instantOrNull(row["issued_at"]),
    dueAt: instantOrNull(row["due_at"]),
    paidAt: instantOrNull(row["paid_at"]),
    ...parts("line", row.lines ?? []),
    ...parts("payment", row.payments ?? []),
  },
});

const stripesFields = (invoice: MirroredInvoice): Fields => ({
  number: invoice.number,
  status: invoice.status,
  collection: invoice.collection,
  currency: invoice.currency.toUpperCase(),
  subtotal: invoice.subtotalMinor,
  tax: invoice.taxMinor,
  total: invoice.totalMinor,
  amountDue: invoice.amountDueMinor,
  amountPaid: invoice.amountPaidMinor,
  amountRemaining: invoice.amountRemainingMinor,
  credited: invoice.creditedMinor,
  createdAt: invoice.createdAt,
  issuedAt: invoice.issuedAt,
  dueAt: invoice.dueAt,
  paidAt: invoice.paidAt,
  ...parts(
    "line",
    linesThatCount(invoice).map(({ stripeLineId: id, description, amountMinor, taxMinor, chargeId }) => ({
      id,
      description,
      amount: amountMinor,
      tax: taxMinor,
      charge: chargeId !== null && isUuid(chargeId) ? chargeId : null,
    })),
  ),
  ...parts(
    "payment",
    invoice.payments.map(({ stripeId: id, amountMinor: amount, status }) => ({ id, amount, status })),
  ),
});

/** Fields of parts, each under the part's name and id. */
const parts = (name: string, all: readonly ({ readonly id: string } & Fields)[]): Fields =>
  Object.fromEntries(
    all.flatMap(({ id, ...fields }) =>
      Object.entries(fields).map(([field, value]) => [`${name} ${id} ${field}`, value]),
    ),
  );

/** Invoices with their lines and payments are what Stripe has, and none is missing on either side. */
export const invoiceMirror = mirrorRule(comparison);
