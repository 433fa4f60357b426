import { recordAudit } from "../../audit/record-audit.ts";
import { exact, parseDecimal } from "../../kernel/exact.ts";
import { majorFromMinor } from "../../kernel/money.ts";
import { invoicesById } from "../../invoices/read-invoices.ts";
import type { StoredInvoice } from "../../invoices/stored-invoice.ts";
import type { Sql } from "../../platform/database/sql.ts";
import { inTenantTransaction } from "../../platform/database/tenant-transaction.ts";
import { badInput, EdgeFault, notFound } from "../../platform/graphql/errors.ts";
import { readLine } from "../../platform/graphql/text.ts";
import { isUuid, newId } from "../../platform/id.ts";
import type { Platform, Scope } from "../../platform/scope.ts";
import { carryOut } from "../carry-out.ts";
import { CURRENCY } from "../plan-prices.ts";
import { inTurn } from "../plan-change-turn.ts";
import { customerOf } from "../stripe-customer.ts";
import { decideCall } from "../stripe-outbox.ts";
import { syncNow } from "../sync-now.ts";
import { answeredByStripe } from "./act-on-invoice.ts";
import { InvoiceRefused } from "./invoice-act.refusals.ts";

export type CreateInvoice = {
  readonly organizationId: string;
  readonly lines: readonly InvoiceLine[];
  readonly daysUntilDue?: number | null;
  readonly memo?: string | null;
  readonly reason: string;
};
type InvoiceLine = { readonly description: string; readonly quantity: string; readonly unitAmount: string };

const MOST_LINES = 50;
const LONGEST_TERM_DAYS = 365;
/** Stripe takes eight digits. */
const MOST_MINOR = 99_999_999n;

/**
 * Makes an invoice by hand. Its lines are ours and lie in the ledger; the draft is compared with them
 * and finalized when they agree, like any other, and then charged or sent.
 *
 * @throws InvoiceRefused with Stripe's words, or when there is no card to charge; EdgeFault
 *   NOT_FOUND, BAD_USER_INPUT, CONFLICT while somebody else acts, UPSTREAM_UNAVAILABLE
 */
export async function createInvoice(scope: Scope, input: CreateInvoice): Promise<StoredInvoice> {
  const { platform } = scope;
  const { organizationId } = input;
  const wanted = readInvoice(input);
  await requireOrganization(platform, organizationId);
  return inTurn(platform, organizationId, "make an invoice", () =>
    answeredByStripe(async () => {
      const batch = newId();
      const key = `manual:${batch}`;
      await inTenantTransaction(platform.pool, organizationId, async (sql) => {
        if (wanted.daysUntilDue === null) await requireCard(sql, organizationId);
        await insertLines(sql, scope, organizationId, batch, wanted.lines);
        await decideCall(sql, organizationId, {
          kind: "invoice.create",
          key,
          params: draftOf(organizationId, batch, wanted),
        });
        await recordAudit(sql, scope, {
          organizationId,
          action: "invoice.created",
          target: majorFromMinor(totalOf(wanted.lines)),
          detail: { reason: wanted.reason, lines: wanted.lines.length },
        });
      });
      const outcome = await carryOut(platform, organizationId, key);
      if (outcome.state === "REFUSED" || outcome.resultId === null) {
        await dropLines(platform, organizationId, batch);
        throw new InvoiceRefused(outcome.state === "REFUSED" ? outcome.message : "Stripe made no invoice.");
      }
      await syncNow(platform, organizationId, [{ kind: "invoice", id: outcome.resultId }]);
      return byStripeId(platform, organizationId, outcome.resultId);
    }),
  );
}

type ReadLine = { readonly description: string; readonly quantity: string; readonly amountMinor: bigint };
type ReadInvoice = {
  readonly lines: readonly ReadLine[];
  readonly daysUntilDue: number | null;
  readonly memo: string | null;
  readonly reason: string;
};

/** @throws EdgeFault BAD_USER_INPUT */
function readInvoice({ lines, daysUntilDue = null, memo, reason }: CreateInvoice): ReadInvoice {
  if (lines.length === 0 || lines.length > MOST_LINES) throw badInput(`lines must be 1 to ${MOST_LINES}.`);
  if (daysUntilDue !== null && (daysUntilDue < 1 || daysUntilDue > LONGEST_TERM_DAYS))
    throw badInput(`daysUntilDue must be from 1 to ${LONGEST_TERM_DAYS}.`);
  const read = lines.map(lineOf);
  const total = totalOf(read);
  if (total <= 0n) throw badInput("The lines must come to more than nothing.");
  if (total > MOST_MINOR) throw badInput(`An invoice may come to ${majorFromMinor(MOST_MINOR)}.`);
  return {
    lines: read,
    daysUntilDue,
    memo: memo == null || memo.trim() === "" ? null : readLine(memo, "memo", 500),
    reason: readLine(reason, "reason", 500),
  };
}

function lineOf({ description, quantity, unitAmount }: InvoiceLine): ReadLine {
  const text = readLine(description, "description", 300);
  const units = parseDecimal(quantity);
  const price = parseDecimal(unitAmount);
  if (units === null || units.numerator <= 0n) throw badInput("quantity must be more than 0.");
  if (price === null) throw badInput("unitAmount must be a decimal.");
  const minor = exact(units.numerator * price.numerator * 100n, units.denominator * price.denominator);
  if (minor.denominator !== 1n || minor.numerator === 0n)
    throw badInput(`quantity x unitAmount of "${text}" must be whole cents, and not nothing.`);
  const size = minor.numerator < 0n ? -minor.numerator : minor.numerator;
  if (size > MOST_MINOR) throw badInput(`A line may come to ${majorFromMinor(MOST_MINOR)}.`);
  return { description: text, quantity, amountMinor: minor.numerator };
}

const totalOf = (lines: readonly ReadLine[]): bigint => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

/** @throws EdgeFault NOT_FOUND */
async function requireOrganization(platform: Platform, organizationId: string): Promise<void> {
  if (!isUuid(organizationId)) throw notFound("The organization");
  const found = await inTenantTransaction(platform.pool, organizationId, (sql) =>
    sql("select id from organizations where id = $1", [organizationId]),
  );
  if (found.length === 0) throw notFound("The organization");
}

async function requireCard(sql: Sql, organizationId: string): Promise<void> {
  const customer = await customerOf(sql, organizationId);
  if (!customer?.paymentMethod)
    throw new InvoiceRefused("There is no card on file to charge. Set daysUntilDue to send the invoice instead.");
}

/** The lines wait under the batch's id until the draft, which names it, is mirrored. */
async function insertLines(
  sql: Sql,
  scope: Scope,
  organizationId: string,
  batch: string,
  lines: readonly ReadLine[],
): Promise<void> {
  const rows = lines.map(({ description, quantity, amountMinor }) => ({
    id: newId(),
    description,
    quantity,
    amount_minor: amountMinor.toString(),
  }));
  await sql(
    `insert into manual_charges (organization_id, id, invoice_id, description, quantity, amount_minor, created_at)
     select $1, r.id, $2, r.description, r.quantity, r.amount_minor, $4
     from json_to_recordset($3::json) as r (id uuid, description text, quantity numeric, amount_minor int8)`,
    [organizationId, batch, JSON.stringify(rows), scope.clock()],
  );
}

const dropLines = (platform: Platform, organizationId: string, batch: string): Promise<unknown> =>
  inTenantTransaction(platform.pool, organizationId, (sql) =>
    sql("delete from manual_charges where organization_id = $1 and invoice_id = $2", [organizationId, batch]),
  );

const draftOf = (organizationId: string, batch: string, { daysUntilDue, memo }: ReadInvoice) => ({
  auto_advance: false,
  currency: CURRENCY,
  pending_invoice_items_behavior: "exclude" as const,
  ...(daysUntilDue === null
    ? { collection_method: "charge_automatically" as const }
    : { collection_method: "send_invoice" as const, days_until_due: daysUntilDue }),
  ...(memo !== null && { description: memo }),
  metadata: { organization_id: organizationId, qlp_kind: "manual", manual_id: batch },
});

async function byStripeId(platform: Platform, organizationId: string, stripeId: string): Promise<StoredInvoice> {
  const invoice = await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const [row] = await sql<{ id: string }>("select id from invoices where organization_id = $1 and stripe_id = $2", [
      organizationId,
      stripeId,
    ]);
    return row ? (await invoicesById(sql, [row.id])).get(row.id) : undefined;
  });
  if (!invoice) throw new EdgeFault("UPSTREAM_UNAVAILABLE", "The invoice was made and will be shown here in a moment.");
  return invoice;
}
