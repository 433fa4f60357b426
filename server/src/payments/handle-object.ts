import type { Platform } from "../platform/scope.ts";
import { checkDrift } from "./check-drift.ts";
import { invoiceBehind, noteDispute } from "./invoice-behind.ts";
import { liveSubscriptions } from "./stripe-subscription.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { remindOfTrialEnd } from "./remind-trial.ts";
import { syncCheckout } from "./sync-checkout.ts";
import { syncCustomer } from "./sync-customer.ts";
import { syncInvoice } from "./sync-invoice.ts";
import { billLeftoverUsage } from "./bill-leftover-usage.ts";
import { syncSubscription } from "./sync-subscription.ts";
import { customerOf } from "./stripe-customer.ts";
import { draftsOf } from "./void-ended.ts";
import { tellOfInvoice } from "./tell-of-invoice.ts";

/** An object that events hinted at. */
export type HintedObject = { readonly kind: string; readonly id: string; readonly types: readonly string[] };

export type Effect = "handled" | "ignored" | { readonly quarantined: string };

/**
 * Reads an object again and takes over what it says. What it does depends on the object as it is
 * now, never on the event, so order and repetition do not matter.
 *
 * @param organizationId whose it is; null when nobody's
 */
export async function handleObject(
  platform: Platform,
  organizationId: string | null,
  object: HintedObject,
): Promise<Effect> {
  if (object.kind === "product" || object.kind === "price") {
    await checkDrift(platform, object.kind, object.id);
    return "handled";
  }
  if (organizationId === null)
    return { quarantined: `The ${object.kind} ${object.id} belongs to no organization that we know.` };

  switch (object.kind) {
    case "customer":
      await syncCustomer(platform, organizationId, object.id);
      return "handled";
    case "payment_method":
    case "setup_intent":
      await syncKnownCustomer(platform, organizationId);
      return "handled";
    case "subscription":
      await handleSubscription(platform, organizationId, object.id);
      if (object.types.includes("customer.subscription.trial_will_end"))
        await remindOfTrialEnd(platform, organizationId);
      return "handled";
    case "subscription_schedule":
      await syncLiveSubscriptions(platform, organizationId);
      return "handled";
    case "checkout.session":
      await syncCheckout(platform, organizationId, object.id);
      return "handled";
    case "invoice":
      await handleInvoice(platform, organizationId, object.id);
      await tellOfInvoice(platform, organizationId, object.id, object.types);
      return "handled";
    case "dispute":
      return (await noteDispute(platform, organizationId, object.id)) ? "handled" : "ignored";
    default: {
      const invoiceId = await invoiceBehind(platform, object);
      if (invoiceId === null) return "ignored";
      await handleInvoice(platform, organizationId, invoiceId);
      return "handled";
    }
  }
}

async function syncKnownCustomer(platform: Platform, organizationId: string): Promise<void> {
  const customer = await inTenantTransaction(platform.pool, organizationId, (sql) => customerOf(sql, organizationId));
  if (customer) await syncCustomer(platform, organizationId, customer.stripeId);
}

async function handleSubscription(platform: Platform, organizationId: string, id: string): Promise<void> {
  const adopted = await syncSubscription(platform, organizationId, id);
  // Also when it is known to have ended: whoever learned it first may have died before it billed.
  if (!adopted?.ended) return;
  for (const draft of await draftsOf(platform, organizationId, id)) await syncInvoice(platform, organizationId, draft);
  await billLeftoverUsage(platform, organizationId);
}

async function syncLiveSubscriptions(platform: Platform, organizationId: string): Promise<void> {
  const live = await inTenantTransaction(platform.pool, organizationId, (sql) =>
    liveSubscriptions(sql, organizationId),
  );
  for (const { stripeId } of live) await handleSubscription(platform, organizationId, stripeId);
}

/** An invoice and the subscription that stands on it. */
async function handleInvoice(platform: Platform, organizationId: string, id: string): Promise<void> {
  const { subscriptionId } = await syncInvoice(platform, organizationId, id);
  if (subscriptionId !== null) await handleSubscription(platform, organizationId, subscriptionId);
}
