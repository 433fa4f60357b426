import type Stripe from "stripe";
import { compareInvoice } from "../invoices/compare-invoice.ts";
import type { InvoiceDifference } from "../invoices/invoice.entity.ts";
import type { MirroredInvoice } from "../invoices/mirrored-invoice.ts";
import { saveInvoice, type SavedInvoice } from "../invoices/save-invoice.ts";
import { inPlatformTransaction, inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { clearAlarm, raiseAlarm } from "./alarms.ts";
import { expectedInvoice } from "./expected-invoice.ts";
import { outcomeOf } from "./make-calls.ts";
import { noteOwner } from "./owners.ts";
import { retrieveInvoice } from "./read-invoice.ts";
import { addCharges, draftKindOf } from "./settle-draft.ts";
import { decideCall } from "./stripe-outbox.ts";
import { syncCredits } from "./sync-credits.ts";
import { voidEnded } from "./void-ended.ts";
import { voidPaused } from "./void-paused.ts";

export type SyncedInvoice = { readonly id: string; readonly subscriptionId: string | null; readonly status: string };

/**
 * Reads an invoice at Stripe again into the mirror. A draft of ours gets its usage, is compared with
 * the ledger and finalized when they agree to the cent, else held.
 *
 * The caller holds the customer's lane.
 */
export async function syncInvoice(
  platform: Platform,
  organizationId: string,
  stripeId: string,
): Promise<SyncedInvoice> {
  const first = await readAndSave(platform, organizationId, stripeId);
  const last =
    first.saved.after === "DRAFT" && draftKindOf(first.invoice) !== null
      ? await settleDraft(platform, organizationId, first)
      : first;
  if (last.saved.after !== "DRAFT") await release(platform, organizationId, last.saved.id);
  await syncCredits(platform, organizationId, last.saved.id, last.invoice);
  return { id: last.saved.id, subscriptionId: last.mirrored.stripeSubscriptionId, status: last.saved.after };
}

type Reading = {
  readonly invoice: Stripe.Invoice;
  readonly mirrored: MirroredInvoice;
  readonly saved: SavedInvoice;
};

async function readAndSave(platform: Platform, organizationId: string, stripeId: string): Promise<Reading> {
  const { invoice, mirrored } = await retrieveInvoice(platform, stripeId);
  await inPlatformTransaction(platform.pool, (sql) => noteOwner(sql, "invoice", stripeId, organizationId));
  const saved = await inTenantTransaction(platform.pool, organizationId, (sql) =>
    saveInvoice(sql, organizationId, mirrored, platform.clock()),
  );
  return { invoice, mirrored, saved };
}

/** Adds what the ledger has, compares, and finalizes or holds. */
async function settleDraft(platform: Platform, organizationId: string, draft: Reading): Promise<Reading> {
  if (await voidEnded(platform, organizationId, draft.invoice.id, draft.mirrored.stripeSubscriptionId))
    return readAndSave(platform, organizationId, draft.invoice.id);
  const goesOn = await addCharges(platform, organizationId, draft.invoice, draft.saved.id, draft.mirrored.lines);
  if (!goesOn) {
    await voidPaused(platform, organizationId, draft.invoice.id);
    return readAndSave(platform, organizationId, draft.invoice.id);
  }
  const filled = await readAndSave(platform, organizationId, draft.invoice.id);
  if (filled.saved.after !== "DRAFT") return filled;
  const differences = await decideDraft(platform, organizationId, filled);
  if (differences.length > 0) {
    await alarmHeld(platform, organizationId, filled, differences);
    return filled;
  }
  await inPlatformTransaction(platform.pool, (sql) => clearAlarm(sql, platform.clock(), heldAlarm(filled.saved.id)));
  const outcome = await outcomeOf(platform, organizationId, finalizeKey(draft.invoice.id));
  // What is still to be made is made by the sweeper, and its webhook comes back here.
  return outcome.state === "DONE" ? readAndSave(platform, organizationId, draft.invoice.id) : filled;
}

const finalizeKey = (stripeId: string): string => `finalize:${stripeId}`;

/** Compares under the subscription's lock and decides: the call to finalize, or that the invoice is held. */
async function decideDraft(
  platform: Platform,
  organizationId: string,
  { invoice, mirrored, saved }: Reading,
): Promise<InvoiceDifference[]> {
  return inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const now = platform.clock();
    const current = await lockSubscription(sql, organizationId, now);
    if (!current) throw new Error(`the organization ${organizationId} has no subscription`);
    const differences = compareInvoice(await expectedInvoice(sql, current, invoice, saved.id), mirrored);
    const agree = differences.length === 0;
    await sql(
      `update invoices set agreed_at = case when $3 then coalesce(agreed_at, $5) end, held_at = case when $3 then null else coalesce(held_at, $5) end,
         differences = $4 where organization_id = $1 and id = $2`,
      [organizationId, saved.id, agree, agree ? null : JSON.stringify(differences), now],
    );
    if (agree)
      await decideCall(sql, organizationId, {
        kind: "invoice.finalize",
        key: finalizeKey(invoice.id),
        params: { id: invoice.id, params: { auto_advance: true } },
      });
    return differences;
  });
}

async function alarmHeld(
  platform: Platform,
  organizationId: string,
  { invoice, saved }: Reading,
  differences: readonly InvoiceDifference[],
): Promise<void> {
  const words = differences
    .map(({ line, ours, stripes }) => `${line}: ${ours ?? "nothing"} in the ledger, ${stripes ?? "nothing"} at Stripe`)
    .join("; ");
  await inPlatformTransaction(platform.pool, (sql) =>
    raiseAlarm(sql, platform.clock(), {
      key: heldAlarm(saved.id),
      kind: "invoice-held",
      organizationId,
      message: `Invoice ${invoice.id} is held: ${words}.`,
      detail: { invoiceId: saved.id, stripeId: invoice.id, differences },
    }),
  );
}

const heldAlarm = (invoiceId: string): string => `held:${invoiceId}`;

/** An invoice that is no draft any more is not held, whoever finished it. */
async function release(platform: Platform, organizationId: string, invoiceId: string): Promise<void> {
  const held = await inTenantTransaction(platform.pool, organizationId, (sql) =>
    sql(
      "update invoices set held_at = null where organization_id = $1 and id = $2 and held_at is not null returning id",
      [organizationId, invoiceId],
    ),
  );
  if (held.length > 0)
    await inPlatformTransaction(platform.pool, (sql) => clearAlarm(sql, platform.clock(), heldAlarm(invoiceId)));
}
