import { recordAudit } from "../../audit/record-audit.ts";
import { invoicesById } from "../../invoices/read-invoices.ts";
import type { StoredInvoice } from "../../invoices/stored-invoice.ts";
import type { Sql } from "../../platform/database/sql.ts";
import { inTenantTransaction } from "../../platform/database/tenant-transaction.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { readLine } from "../../platform/graphql/text.ts";
import { isUuid } from "../../platform/id.ts";
import type { Platform, Scope } from "../../platform/scope.ts";
import { carryOut, stripeUnknown } from "../carry-out.ts";
import { inTurn } from "../plan-change-turn.ts";
import type { CallKind, CallParams } from "../stripe-call.ts";
import { callFault } from "../stripe-client.ts";
import { ACT, decideCall } from "../stripe-outbox.ts";
import { syncNow } from "../sync-now.ts";
import { InvoiceRefused } from "./invoice-act.refusals.ts";

/** The invoice that staff act on, and why they do. */
export type InvoiceTarget = { readonly organizationId: string; readonly id: string; readonly reason: string };

/** A call that does something to an invoice. */
export type InvoiceCall<K extends CallKind = CallKind> = {
  readonly kind: K;
  readonly params: CallParams[K];
};

/** What an act is called: while it is done, and in the audit log. */
export type ActName = { readonly doing: string; readonly action: string };

/**
 * Does something to an invoice: reads it again, decides the calls with the audit entry, makes them
 * and reads what came of it. One act on an organization's money at a time.
 *
 * @param plan the calls, from the invoice as it is now; throws InvoiceRefused when it cannot be done
 * @throws InvoiceRefused with Stripe's words; EdgeFault NOT_FOUND, BAD_USER_INPUT, CONFLICT while
 *   somebody else acts, UPSTREAM_UNAVAILABLE
 */
export async function actOnInvoice(
  scope: Scope,
  { organizationId, id, reason }: InvoiceTarget,
  { doing, action }: ActName,
  plan: (invoice: StoredInvoice) => Promise<readonly InvoiceCall[]>,
): Promise<StoredInvoice> {
  const { platform } = scope;
  const why = readLine(reason, "reason", 500);
  await findInvoice(platform, organizationId, id);
  return inTurn(platform, organizationId, doing, () =>
    answeredByStripe(async () => {
      const invoice = await readInvoiceAgain(platform, organizationId, id);
      const calls = await plan(invoice);
      const keys = await inTenantTransaction(platform.pool, organizationId, async (sql) => {
        await recordAudit(sql, scope, {
          organizationId,
          action,
          target: invoice.number ?? invoice.stripeId,
          detail: { invoiceId: id, reason: why, ...amountOf(calls) },
        });
        return decideCalls(sql, invoice, calls);
      });
      return carryOutAll(scope, invoice, action, keys);
    }),
  );
}

/** @throws EdgeFault NOT_FOUND */
export async function findInvoice(platform: Platform, organizationId: string, id: string): Promise<StoredInvoice> {
  if (!isUuid(organizationId) || !isUuid(id)) throw notFound("The invoice");
  const found = await inTenantTransaction(platform.pool, organizationId, (sql) => invoicesById(sql, [id]));
  const invoice = found.get(id);
  if (!invoice) throw notFound("The invoice");
  return invoice;
}

/** The invoice as Stripe has it now. */
export async function readInvoiceAgain(platform: Platform, organizationId: string, id: string): Promise<StoredInvoice> {
  const { stripeId } = await findInvoice(platform, organizationId, id);
  await syncNow(platform, organizationId, [{ kind: "invoice", id: stripeId }]);
  return findInvoice(platform, organizationId, id);
}

/** Says so where Stripe cannot be reached, instead of failing. */
export async function answeredByStripe<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (callFault(error)?.kind === "later") throw stripeUnknown();
    throw error;
  }
}

/** Each act counts on: what was refused, or done and undone, may be tried again. */
async function decideCalls(
  sql: Sql,
  { organizationId, stripeId }: Pick<StoredInvoice, "organizationId" | "stripeId">,
  calls: readonly InvoiceCall[],
): Promise<string[]> {
  const keys: string[] = [];
  for (const { kind, params } of calls) {
    const intent = `${ACT}${kind}:${stripeId}:`;
    const [before] = await sql<{ count: number }>(
      "select count(*)::int as count from stripe_outbox where organization_id = $1 and starts_with(key, $2)",
      [organizationId, intent],
    );
    const key = `${intent}${(before?.count ?? 0) + 1}`;
    await decideCall(sql, organizationId, { kind, key, params });
    keys.push(key);
  }
  return keys;
}

async function carryOutAll(
  scope: Scope,
  { organizationId, id, number, stripeId }: StoredInvoice,
  action: string,
  keys: readonly string[],
): Promise<StoredInvoice> {
  const { platform } = scope;
  let refusal: string | null = null;
  for (const key of keys) {
    const outcome = await carryOut(platform, organizationId, key);
    if (outcome.state === "REFUSED") refusal ??= outcome.message;
  }
  const after = await readInvoiceAgain(platform, organizationId, id);
  if (refusal === null) return after;
  await inTenantTransaction(platform.pool, organizationId, (sql) =>
    recordAudit(sql, scope, {
      organizationId,
      action: "invoice.act-refused",
      target: number ?? stripeId,
      detail: { act: action, message: refusal },
    }),
  );
  throw new InvoiceRefused(refusal);
}

/** What the audit log says about the money that moves. */
const amountOf = (calls: readonly InvoiceCall[]): { amountMinor?: string } => {
  const amounts = calls.flatMap(({ params }) =>
    "amount" in params && typeof params.amount === "number" ? [BigInt(params.amount)] : [],
  );
  return amounts.length === 0 ? {} : { amountMinor: amounts.reduce((sum, amount) => sum + amount, 0n).toString() };
};
