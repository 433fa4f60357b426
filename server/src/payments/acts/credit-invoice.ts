import type Stripe from "stripe";
import { majorFromMinor, minorFromMajor } from "../../kernel/money.ts";
import type { StoredInvoice } from "../../invoices/stored-invoice.ts";
import { whole } from "../../platform/database/row.ts";
import { inTenantTransaction } from "../../platform/database/tenant-transaction.ts";
import { badInput, notFound } from "../../platform/graphql/errors.ts";
import { readLine } from "../../platform/graphql/text.ts";
import type { Platform, Scope } from "../../platform/scope.ts";
import { amountOf, giveBack, type GivenBack } from "../money-back.ts";
import { paidInvoices } from "../paid-invoices.ts";
import { stripeAmount, stripeOf } from "../stripe-client.ts";
import { actOnInvoice, type InvoiceCall } from "./act-on-invoice.ts";
import { shareCredit } from "./share-credit.ts";
import { InvoiceRefused } from "./invoice-act.refusals.ts";
import type { CreditReason } from "./invoice-act.type.ts";
import { requireStatus } from "./invoice-acts.ts";

export type CreditInvoice = {
  readonly organizationId: string;
  readonly invoiceId: string;
  readonly lines?: readonly { readonly lineId: string; readonly amount: string }[] | null;
  readonly amount?: string | null;
  readonly refund: boolean;
  readonly reason: CreditReason;
  readonly memo?: string | null;
};

const MOST_LINES = 100;

const STRIPES_WORD = {
  DUPLICATE: "duplicate",
  FRAUDULENT: "fraudulent",
  ORDER_CHANGE: "order_change",
  PRODUCT_UNSATISFACTORY: "product_unsatisfactory",
} as const satisfies Record<CreditReason, Stripe.CreditNoteCreateParams.Reason>;

/**
 * Takes money off an invoice by a credit note: lines, an amount, or all that is left. What is not
 * paid yet is owed less; of what was paid, each part goes back to the card or becomes credit.
 *
 * @throws as `actOnInvoice`; InvoiceRefused for more than is left of a line or in all
 */
export async function creditInvoice(scope: Scope, input: CreditInvoice): Promise<StoredInvoice> {
  const { organizationId, invoiceId, reason } = input;
  const wanted = readWanted(input);
  const memo = input.memo == null || input.memo.trim() === "" ? null : readLine(input.memo, "memo", 500);
  const target = { organizationId, id: invoiceId, reason: STRIPES_WORD[reason] };
  const name = { doing: "credit an invoice", action: "invoice.credited" };
  return actOnInvoice(scope, target, name, async (invoice): Promise<InvoiceCall[]> => {
    requireStatus(invoice, ["OPEN", "PAID"], "credited");
    const lines = await linesOf(scope.platform, invoice, wanted.lines);
    const asked = wanted.lines === null ? wanted.amountMinor : sumOf(lines);
    const parts = await partsOf(scope.platform, invoice, asked, input.refund);
    const params: Stripe.CreditNoteCreateParams = {
      invoice: invoice.stripeId,
      ...(wanted.lines === null
        ? { amount: stripeAmount(parts.amountMinor) }
        : {
            lines: lines.map(({ stripeLineId, amountMinor }) => ({
              type: "invoice_line_item" as const,
              invoice_line_item: stripeLineId,
              amount: stripeAmount(amountMinor),
            })),
          }),
      ...paidParts(parts.back),
      reason: STRIPES_WORD[reason],
      ...(memo !== null && { memo }),
      metadata: { organization_id: organizationId },
    };
    return [{ kind: "credit_note.create", params }];
  });
}

type Wanted = {
  readonly lines: readonly { readonly lineId: string; readonly amountMinor: bigint }[] | null;
  /** null: all that is left. */
  readonly amountMinor: bigint | null;
};

function readWanted({ lines, amount }: CreditInvoice): Wanted {
  if (lines == null) return { lines: null, amountMinor: amount == null ? null : readAmount(amount, "amount") };
  if (amount != null) throw badInput("Give lines or an amount, not both.");
  if (lines.length === 0 || lines.length > MOST_LINES) throw badInput(`lines must be 1 to ${MOST_LINES}.`);
  if (new Set(lines.map(({ lineId }) => lineId)).size !== lines.length) throw badInput("Name each line once.");
  return {
    lines: lines.map(({ lineId, amount: each }) => ({ lineId, amountMinor: readAmount(each, "amount") })),
    amountMinor: null,
  };
}

/** An amount of more than nothing in whole minor units. @throws EdgeFault BAD_USER_INPUT */
export function readAmount(text: string, what: string): bigint {
  const minor = minorFromMajor(text);
  if (minor === null || minor <= 0n) throw badInput(`${what} must be more than 0, in whole cents.`);
  return minor;
}

type CreditedLine = { readonly stripeLineId: string; readonly amountMinor: bigint };

const sumOf = (lines: readonly CreditedLine[]): bigint => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

/** The lines at Stripe, each with no more than is left of it. */
async function linesOf(platform: Platform, invoice: StoredInvoice, wanted: Wanted["lines"]): Promise<CreditedLine[]> {
  if (wanted === null) return [];
  const rows = await inTenantTransaction(platform.pool, invoice.organizationId, (sql) =>
    sql<{ id: string; stripe_line_id: string; description: string; amount_minor: unknown }>(
      "select id, stripe_line_id, description, amount_minor from invoice_lines where organization_id = $1 and invoice_id = $2",
      [invoice.organizationId, invoice.id],
    ),
  );
  const credited = await creditedByLine(platform, invoice.stripeId);
  return wanted.map(({ lineId, amountMinor }) => {
    const line = rows.find(({ id }) => id === lineId);
    if (!line) throw notFound("The line");
    const left = whole(line.amount_minor) - (credited.get(line.stripe_line_id) ?? 0n);
    if (amountMinor > left)
      throw new InvoiceRefused(`Of the line "${line.description}" ${majorFromMinor(left > 0n ? left : 0n)} is left.`);
    return { stripeLineId: line.stripe_line_id, amountMinor };
  });
}

/** What earlier credit notes took off each line. */
async function creditedByLine(platform: Platform, stripeId: string): Promise<Map<string, bigint>> {
  const stripe = stripeOf(platform);
  const notes = await stripe.creditNotes.list({ invoice: stripeId, limit: 100 }).autoPagingToArray({ limit: 1_000 });
  const credited = new Map<string, bigint>();
  for (const note of notes.filter(({ status }) => status === "issued")) {
    const lines = note.lines.has_more
      ? await stripe.creditNotes.listLineItems(note.id, { limit: 100 }).autoPagingToArray({ limit: 1_000 })
      : note.lines.data;
    for (const { invoice_line_item: id, amount } of lines)
      if (id) credited.set(id, (credited.get(id) ?? 0n) + BigInt(amount));
  }
  return credited;
}

/** How much is credited, and, of what was paid, where it goes. @throws InvoiceRefused for more than is left */
async function partsOf(
  platform: Platform,
  invoice: StoredInvoice,
  asked: bigint | null,
  refund: boolean,
): Promise<{ readonly amountMinor: bigint; readonly back: GivenBack | null }> {
  if (invoice.status === "OPEN") return { amountMinor: within(asked, invoice.amountRemainingMinor), back: null };
  const paid = await inTenantTransaction(platform.pool, invoice.organizationId, (sql) =>
    paidInvoices(sql, invoice.organizationId),
  );
  const own = paid.find(({ stripeId }) => stripeId === invoice.stripeId);
  const left = own ? giveBack(own) : null;
  const amountMinor = within(asked, left === null ? 0n : amountOf(left));
  const back = shareCredit(left, amountMinor, refund);
  if (back.toCardMinor > 0n && invoice.disputed) throw disputed();
  return { amountMinor, back };
}

export const disputed = (): InvoiceRefused =>
  new InvoiceRefused("A payment of this invoice is disputed at the bank. Nothing is refunded until that is settled.");

function within(asked: bigint | null, left: bigint): bigint {
  if (left <= 0n) throw new InvoiceRefused("Nothing of this invoice is left to credit.");
  if (asked !== null && asked > left) throw new InvoiceRefused(`Of this invoice ${majorFromMinor(left)} is left.`);
  return asked ?? left;
}

const paidParts = (
  back: GivenBack | null,
): Pick<Stripe.CreditNoteCreateParams, "refund_amount" | "credit_amount" | "out_of_band_amount"> =>
  back === null
    ? {}
    : {
        refund_amount: stripeAmount(back.toCardMinor),
        credit_amount: stripeAmount(back.toBalanceMinor),
        out_of_band_amount: stripeAmount(back.elsewhereMinor),
      };
