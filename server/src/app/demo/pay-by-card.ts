import { freezeCharges } from "../../invoices/freeze-charges.ts";
import { inTenantTransaction } from "../../platform/database/tenant-transaction.ts";
import type { Scope } from "../../platform/scope.ts";
import { standInOf } from "../../payments/stand-in.ts";
import { stripeOf } from "../../payments/stripe-client.ts";
import { ensureCustomer } from "../../payments/stripe-customer.ts";
import { lockSubscription } from "../../subscriptions/lock-subscription.ts";

/** Stripe's test card that is always good. */
const GOOD_CARD = "pm_card_visa";

/** Puts a card on file at Stripe and lets it pay the plan from the next renewal on. */
export async function payByCard(scope: Scope, organizationId: string): Promise<void> {
  const { platform } = scope;
  if (platform.config.sandbox && standInOf(platform) === null) return;
  const stripe = stripeOf(platform);
  const customer = await ensureCustomer(platform, organizationId);
  const once = (what: string) => ({ idempotencyKey: `demo:${organizationId}:${what}` });
  const method = await stripe.paymentMethods.attach(GOOD_CARD, { customer }, once("attach"));
  await stripe.customers.update(
    customer,
    { invoice_settings: { default_payment_method: method.id } },
    once("default-method"),
  );
  await inTenantTransaction(platform.pool, organizationId, (sql) =>
    sql("update subscriptions set collection = 'CARD', agreed_minor = null where organization_id = $1", [
      organizationId,
    ]),
  );
}

/** The demo's past was invoiced elsewhere: what its closed periods came to is on record, and no invoice will take it. */
export async function excludePast(scope: Scope, organizationId: string): Promise<void> {
  const now = scope.clock();
  await inTenantTransaction(scope.platform.pool, organizationId, async (sql) => {
    await lockSubscription(sql, organizationId, now);
    await freezeCharges(sql, [organizationId], now);
    await sql(
      `update usage_charges set state = 'EXCLUDED', excluded_reason = 'Invoiced before Stripe was connected'
       where organization_id = $1 and state = 'PENDING' and invoice_id is null`,
      [organizationId],
    );
  });
}
