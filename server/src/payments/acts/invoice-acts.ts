import { recordAudit } from "../../audit/record-audit.ts";
import { majorFromMinor } from "../../kernel/money.ts";
import type { InvoiceStatus } from "../../invoices/invoice.entity.ts";
import type { StoredInvoice } from "../../invoices/stored-invoice.ts";
import { inTenantTransaction } from "../../platform/database/tenant-transaction.ts";
import { readLine } from "../../platform/graphql/text.ts";
import type { Scope } from "../../platform/scope.ts";
import { inTurn } from "../plan-change-turn.ts";
import { actOnInvoice, answeredByStripe, findInvoice, type InvoiceTarget, readInvoiceAgain } from "./act-on-invoice.ts";
import { InvoiceRefused } from "./invoice-act.refusals.ts";

/** Withdraws an invoice that is not paid: nothing is owed any more. @throws as `actOnInvoice` */
export const voidInvoice = (scope: Scope, target: InvoiceTarget): Promise<StoredInvoice> =>
  actOnInvoice(scope, target, { doing: "void an invoice", action: "invoice.voided" }, async (invoice) => {
    requireStatus(invoice, ["OPEN", "UNCOLLECTIBLE"], "voided");
    return [{ kind: "invoice.void", params: { id: invoice.stripeId, params: {} } }];
  });

/** Writes an invoice off. It may still be paid, or withdrawn. @throws as `actOnInvoice` */
export const writeOffInvoice = (scope: Scope, target: InvoiceTarget): Promise<StoredInvoice> =>
  actOnInvoice(scope, target, { doing: "write an invoice off", action: "invoice.written-off" }, async (invoice) => {
    requireStatus(invoice, ["OPEN"], "written off");
    return [{ kind: "invoice.uncollectible", params: { id: invoice.stripeId, params: {} } }];
  });

/** Charges the card on file now. @throws as `actOnInvoice`; InvoiceRefused when the card is declined */
export const collectInvoice = (scope: Scope, target: InvoiceTarget): Promise<StoredInvoice> =>
  actOnInvoice(scope, target, { doing: "collect an invoice", action: "invoice.collected" }, async (invoice) => {
    requireStatus(invoice, ["OPEN", "UNCOLLECTIBLE"], "collected");
    return [{ kind: "invoice.pay", params: { id: invoice.stripeId, params: {} } }];
  });

/** Sends an unpaid invoice to the customer again. @throws as `actOnInvoice` */
export const remindOfInvoice = (scope: Scope, target: InvoiceTarget): Promise<StoredInvoice> =>
  actOnInvoice(scope, target, { doing: "send an invoice", action: "invoice.reminded" }, async (invoice) => {
    requireStatus(invoice, ["OPEN"], "sent again");
    return [{ kind: "invoice.send", params: { id: invoice.stripeId, params: {} } }];
  });

/**
 * Compares a held draft with the ledger again. It is finalized when they agree to the cent, and in
 * no other way.
 *
 * @throws InvoiceRefused with what still differs; EdgeFault as `actOnInvoice`
 */
export async function recheckInvoice(scope: Scope, target: InvoiceTarget): Promise<StoredInvoice> {
  const { platform } = scope;
  const { organizationId, id } = target;
  const why = readLine(target.reason, "reason", 500);
  const before = await findInvoice(platform, organizationId, id);
  return inTurn(platform, organizationId, "compare an invoice", () =>
    answeredByStripe(async () => {
      if (before.status !== "DRAFT" || before.heldAt === null)
        throw new InvoiceRefused(`Only a held draft is compared again; this invoice is ${stateOf(before)}.`);
      await inTenantTransaction(platform.pool, organizationId, (sql) =>
        recordAudit(sql, scope, {
          organizationId,
          action: "invoice.rechecked",
          target: before.number ?? before.stripeId,
          detail: { invoiceId: id, reason: why, differences: before.differences },
        }),
      );
      const after = await readInvoiceAgain(platform, organizationId, id);
      if (after.status === "DRAFT" && after.heldAt !== null) throw new InvoiceRefused(differencesOf(after));
      return after;
    }),
  );
}

function differencesOf({ differences }: StoredInvoice): string {
  const words = differences.map(
    ({ line, ours, stripes }) => `${line}: ${amount(ours)} in the ledger, ${amount(stripes)} at Stripe`,
  );
  return `The draft and the ledger still differ. ${words.join("; ")}.`;
}

const amount = (minor: string | null): string =>
  minor === null ? "nothing" : /^-?\d+$/.test(minor) ? majorFromMinor(BigInt(minor)) : minor;

/** @throws InvoiceRefused */
export function requireStatus(invoice: StoredInvoice, allowed: readonly InvoiceStatus[], done: string): void {
  if (allowed.includes(invoice.status)) return;
  const which = allowed.map((status) => status.toLowerCase()).join(" or ");
  throw new InvoiceRefused(`Only an invoice that is ${which} can be ${done}; this one is ${stateOf(invoice)}.`);
}

const stateOf = ({ status, heldAt }: StoredInvoice): string =>
  status === "DRAFT" ? `a draft${heldAt === null ? "" : " that is held"}` : status.toLowerCase();
