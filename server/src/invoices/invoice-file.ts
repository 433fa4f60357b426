import { hash } from "node:crypto";
import { organizationLoader } from "../organizations/organization.loader.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { notFound } from "../platform/graphql/errors.ts";
import type { Scope } from "../platform/scope.ts";
import { explainLine, type Explanation } from "./explain-line.ts";
import { type InvoiceDocument, invoiceDocument } from "./invoice-document.ts";
import {
  creditNoteLoader,
  frozenUsageLoader,
  lineLoader,
  paymentLoader,
  refundLoader,
  usagePartLoader,
} from "./invoice.loader.ts";
import { LAYOUT, renderInvoice } from "./render-invoice.ts";
import type { StoredInvoice, StoredLine } from "./stored-invoice.ts";

/** A document that is ready, and the hash of what it says. */
export type InvoiceFile = { readonly contentHash: string; readonly bytes: Buffer };

/** The PDF of an invoice: the stored one while it says what the invoice says, else made anew and stored. */
export async function invoiceFile(scope: Scope, invoice: StoredInvoice): Promise<InvoiceFile> {
  const document = await documentOf(scope, invoice);
  const contentHash = hash("sha256", JSON.stringify([LAYOUT, document]), "hex");
  const { organizationId, id } = invoice;
  const [stored] = await sqlIn(scope.em)<{ bytes: Buffer }>(
    "select bytes from invoice_files where organization_id = $1 and invoice_id = $2 and content_hash = $3",
    [organizationId, id, contentHash],
  );
  if (stored) return { contentHash, bytes: stored.bytes };
  const bytes = await renderInvoice(document);
  await inTenantTransaction(scope.platform.pool, organizationId, (sql) =>
    sql(
      `insert into invoice_files (organization_id, invoice_id, content_hash, bytes, created_at) values ($1, $2, $3, $4, $5)
       on conflict (organization_id, invoice_id) do update set content_hash = excluded.content_hash, bytes = excluded.bytes, created_at = excluded.created_at`,
      [organizationId, id, contentHash, bytes, scope.clock()],
    ),
  );
  return { contentHash, bytes };
}

async function documentOf(scope: Scope, invoice: StoredInvoice): Promise<InvoiceDocument> {
  const [organization, lines, payments, creditNotes, refunds] = await Promise.all([
    organizationLoader(scope).load(invoice.organizationId),
    lineLoader(scope).load(invoice),
    paymentLoader(scope).load(invoice),
    creditNoteLoader(scope).load(invoice),
    refundLoader(scope).load(invoice),
  ]);
  if (!organization) throw notFound("The invoice");
  return invoiceDocument({
    seller: scope.platform.config.seller,
    buyer: { name: organization.name, id: organization.id },
    invoice,
    lines: await Promise.all(lines.map(async (line) => ({ line, explanation: await explained(scope, line) }))),
    payments,
    creditNotes,
    refunds,
  });
}

async function explained(scope: Scope, { kind, usage }: StoredLine): Promise<Explanation | null> {
  if (kind !== "USAGE" || usage === null) return null;
  const [{ meters, card }, parts] = await Promise.all([
    frozenUsageLoader(scope).load(usage.period),
    usagePartLoader(scope).load(usage.period),
  ]);
  return explainLine(usage.meter, meters, card, parts);
}
