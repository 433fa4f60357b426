import type Stripe from "stripe";
import { whole } from "../../platform/database/row.ts";
import { creditNoteParts } from "../sync-credits.ts";
import { idOf } from "../stripe-client.ts";
import { type Comparison, idsOf, type Mirrored, mirrorRule, ownersByCustomer } from "./mirror-rule.ts";

type Row = Record<string, unknown> & { organization_id: string; stripe_id: string; status: string };

const creditNotes: Comparison<Stripe.CreditNote> = {
  name: "stripe-credit-notes",
  list: (stripe) => stripe.creditNotes.list({ limit: 100 }),
  retrieve: (stripe, id) => stripe.creditNotes.retrieve(id),
  read: async (_platform, note) => ({
    number: note.number,
    status: note.status,
    amount: note.amount,
    ...creditNoteParts(note),
  }),
  mirrored: async (sql, ids) => {
    const rows = await sql<Row>(
      `select organization_id, stripe_id, number, status, amount_minor, refund_minor, balance_minor, out_of_band_minor from credit_notes
       where stripe_id in (select jsonb_array_elements_text($1::jsonb))`,
      [idsOf(ids)],
    );
    return byStripeId(rows, (row) => ({
      number: row["number"],
      status: row.status,
      amount: whole(row["amount_minor"]),
      refund: whole(row["refund_minor"]),
      balance: whole(row["balance_minor"]),
      outOfBand: whole(row["out_of_band_minor"]),
    }));
  },
  owners: (sql, notes) => ownersByCustomer(sql, notes, ({ customer }) => idOf(customer)),
  known: async (sql) =>
    (await sql<{ stripe_id: string }>("select stripe_id from credit_notes")).map(({ stripe_id }) => stripe_id),
};

const refunds: Comparison<Stripe.Refund> = {
  name: "stripe-refunds",
  list: refundsAtStripe,
  retrieve: (stripe, id) => stripe.refunds.retrieve(id),
  read: async (_platform, { amount, status, failure_reason }) => ({
    amount,
    status: status ?? "pending",
    failureReason: failure_reason ?? null,
  }),
  mirrored: async (sql, ids) => {
    const rows = await sql<Row>(
      `select organization_id, stripe_id, amount_minor, status, failure_reason from refunds
       where stripe_id in (select jsonb_array_elements_text($1::jsonb))`,
      [idsOf(ids)],
    );
    return byStripeId(rows, (row) => ({
      amount: whole(row["amount_minor"]),
      status: row.status,
      failureReason: row["failure_reason"],
    }));
  },
  // A refund names no customer: it is ours when the payment is.
  owners: async (sql, all) => {
    const rows = await sql<{ organization_id: string; payment_intent_id: string }>(
      `select organization_id, payment_intent_id from invoice_payments where payment_intent_id in (select jsonb_array_elements_text($1::jsonb))`,
      [idsOf(all.flatMap(({ payment_intent }) => idOf(payment_intent) ?? []))],
    );
    const organizations = new Map(rows.map((row) => [row.payment_intent_id, row.organization_id]));
    return new Map(
      all.flatMap(({ id, payment_intent }) => {
        const organizationId = organizations.get(idOf(payment_intent) ?? "");
        return organizationId === undefined ? [] : [[id, organizationId] as const];
      }),
    );
  },
  known: async (sql) =>
    (await sql<{ stripe_id: string }>("select stripe_id from refunds")).map(({ stripe_id }) => stripe_id),
};

/** Refunds of all charges of which something went back. One that failed is none of these, and is looked up by its id. */
async function* refundsAtStripe(stripe: Stripe): AsyncGenerator<Stripe.Refund> {
  for await (const { id: charge, amount_refunded } of stripe.charges.list({ limit: 100 }))
    if (amount_refunded > 0) yield* stripe.refunds.list({ charge, limit: 100 });
}

const byStripeId = (rows: readonly Row[], fieldsOf: (row: Row) => Mirrored["fields"]): Map<string, Mirrored> =>
  new Map(rows.map((row) => [row.stripe_id, { organizationId: row.organization_id, fields: fieldsOf(row) }]));

/** Credit notes and refunds are what Stripe has. */
export const creditMirror = [mirrorRule(creditNotes), mirrorRule(refunds)];
