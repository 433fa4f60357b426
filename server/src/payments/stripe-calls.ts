import type Stripe from "stripe";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { eventNameOf, meterAtStripe, metersAtStripe } from "./metered/stripe-meters.ts";
import { CURRENCY, priceOfPlan } from "./plan-prices.ts";
import type { CallKind, CallParams, CheckoutParams, SubscriptionParams } from "./stripe-call.ts";
import { callFault, stripeAmount, stripeOf } from "./stripe-client.ts";
import { ensureCustomer } from "./stripe-customer.ts";

/** A call as it lies in the outbox. */
export type StoredCall = {
  readonly id: string;
  readonly kind: CallKind;
  readonly key: string;
  readonly params: Record<string, unknown>;
  readonly attempts: number;
};

type Caller = {
  readonly platform: Platform;
  readonly stripe: Stripe;
  readonly organizationId: string;
  /** Our own deterministic key, the same at each repetition. */
  readonly once: { readonly idempotencyKey: string };
};

type Executor<K extends CallKind> = (caller: Caller, params: CallParams[K]) => Promise<{ id: string } | null>;

const DAYS_TO_PAY = 30;

const executors: { readonly [K in CallKind]: Executor<K> } = {
  "customer.create": async ({ platform, organizationId }) => ({ id: await ensureCustomer(platform, organizationId) }),
  "customer.update": async (caller, params) =>
    caller.stripe.customers.update(await customer(caller), params, caller.once),
  "checkout.create": createCheckout,
  "checkout.expire": ({ stripe, once }, { id }) => stripe.checkout.sessions.expire(id, {}, once),
  "subscription.create": createSubscription,
  "subscription.update": ({ stripe, once }, { id, params }) => stripe.subscriptions.update(id, params, once),
  "subscription.cancel": ({ stripe, once }, { id, params }) => stripe.subscriptions.cancel(id, params, once),
  "schedule.downgrade": scheduleDowngrade,
  "schedule.release": ({ stripe, once }, { id }) => stripe.subscriptionSchedules.release(id, {}, once),
  "invoice.create": async (caller, params) =>
    caller.stripe.invoices.create({ ...params, customer: await customer(caller) }, caller.once),
  "invoice.update": ({ stripe, once }, { id, params }) => stripe.invoices.update(id, params, once),
  "invoice.finalize": ({ stripe, once }, { id, params }) => stripe.invoices.finalizeInvoice(id, params, once),
  "invoice.pay": ({ stripe, once }, { id, params }) => stripe.invoices.pay(id, params, once),
  "invoice.send": ({ stripe, once }, { id }) => stripe.invoices.sendInvoice(id, {}, once),
  "invoice.void": ({ stripe, once }, { id }) => stripe.invoices.voidInvoice(id, {}, once),
  "invoice.uncollectible": ({ stripe, once }, { id }) => stripe.invoices.markUncollectible(id, {}, once),
  "invoice.delete": ({ stripe, once }, { id }) => stripe.invoices.del(id, {}, once),
  "item.create": async (caller, params) =>
    caller.stripe.invoiceItems.create({ ...params, customer: await customer(caller) }, caller.once),
  "meter.subscribe": async ({ platform, stripe, once }, { subscriptionId, meter }) =>
    stripe.subscriptions.update(
      subscriptionId,
      { items: [{ price: (await meterAtStripe(platform, meter)).priceId }], proration_behavior: "none" },
      once,
    ),
  "meter.report": reportToMeter,
  "credit_note.create": ({ stripe, once }, params) => stripe.creditNotes.create(params, once),
  "refund.create": ({ stripe, once }, params) => stripe.refunds.create(params, once),
};

/** Makes one call. @returns the id of what came of it @throws what the library throws */
export async function executeCall(
  platform: Platform,
  organizationId: string,
  call: StoredCall,
): Promise<string | null> {
  const caller: Caller = {
    platform,
    stripe: stripeOf(platform),
    organizationId,
    once: { idempotencyKey: `${organizationId}:${call.key}` },
  };
  // What lies in the outbox was typed when it was decided.
  const execute = executors[call.kind] as (caller: Caller, params: unknown) => Promise<{ id: string } | null>;
  return (await execute(caller, call.params))?.id ?? null;
}

const customer = ({ platform, organizationId }: Caller): Promise<string> => ensureCustomer(platform, organizationId);

const ours = (organizationId: string, planVersionId: string): Stripe.MetadataParam => ({
  organization_id: organizationId,
  plan_version_id: planVersionId,
});

/** A hosted page: for the plan's first payment, or, during a trial, for the card that its end will charge. */
async function createCheckout(caller: Caller, order: CheckoutParams): Promise<{ id: string }> {
  const { platform, organizationId, stripe, once } = caller;
  const metadata = { ...ours(organizationId, order.planVersionId), order_id: order.orderId };
  const common = {
    customer: await customer(caller),
    client_reference_id: organizationId,
    success_url: order.successUrl,
    cancel_url: order.cancelUrl,
    metadata,
  };
  const session =
    order.trialEnd === null
      ? await stripe.checkout.sessions.create(
          {
            ...common,
            mode: "subscription",
            line_items: [{ price: (await priceOfPlan(platform, order.planVersionId)).priceId, quantity: 1 }],
            subscription_data: {
              billing_mode: { type: "flexible" },
              metadata: ours(organizationId, order.planVersionId),
            },
          },
          once,
        )
      : await stripe.checkout.sessions.create(
          { ...common, mode: "setup", currency: CURRENCY, setup_intent_data: { metadata } },
          once,
        );
  await inTenantTransaction(platform.pool, organizationId, (sql) =>
    sql("update checkout_orders set session_id = $3, url = $4 where organization_id = $1 and id = $2", [
      organizationId,
      order.orderId,
      session.id,
      session.url,
    ]),
  );
  return session;
}

async function createSubscription(caller: Caller, wanted: SubscriptionParams): Promise<{ id: string }> {
  const { platform, organizationId, stripe, once } = caller;
  const { priceId, productId } = await priceOfPlan(platform, wanted.planVersionId);
  const item: Stripe.SubscriptionCreateParams.Item =
    wanted.agreedMinor === null
      ? { price: priceId }
      : {
          price_data: {
            currency: CURRENCY,
            product: productId,
            recurring: { interval: "month" },
            unit_amount: stripeAmount(BigInt(wanted.agreedMinor)),
          },
        };
  return stripe.subscriptions.create(
    {
      customer: await customer(caller),
      items: [item],
      billing_mode: { type: "flexible" },
      metadata: {
        ...ours(organizationId, wanted.planVersionId),
        agreed_minor: wanted.agreedMinor ?? "",
      },
      ...(wanted.collection === "INVOICE"
        ? { collection_method: "send_invoice", days_until_due: DAYS_TO_PAY }
        : { payment_behavior: wanted.mustPay ? "error_if_incomplete" : "allow_incomplete" }),
      ...(wanted.trialEnd !== null && {
        trial_end: wanted.trialEnd,
        trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
      }),
      ...(wanted.since !== null && { backdate_start_date: wanted.since }),
    },
    once,
  );
}

/** Tells a meter of a charge. That Stripe has the event already, from a try whose answer was lost, is as good. */
async function reportToMeter(
  caller: Caller,
  { meter, value, at, identifier }: CallParams["meter.report"],
): Promise<{ id: string }> {
  try {
    await caller.stripe.billing.meterEvents.create(
      {
        event_name: eventNameOf(meter),
        identifier,
        timestamp: at,
        payload: { stripe_customer_id: await customer(caller), value },
      },
      caller.once,
    );
  } catch (error) {
    if (callFault(error)?.code !== "resource_already_exists") throw error;
  }
  return { id: identifier };
}

/** Two phases: the plan as it is to the end of its period, then the smaller one, with the same meters beside it. */
async function scheduleDowngrade(
  { platform, organizationId, stripe, once }: Caller,
  { subscriptionId, planVersionId }: CallParams["schedule.downgrade"],
): Promise<{ id: string }> {
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: subscriptionId }, once);
  const now = schedule.phases[0];
  if (!now) throw new Error(`the schedule ${schedule.id} has no phase`);
  const { priceId } = await priceOfPlan(platform, planVersionId);
  const metered = new Set((await metersAtStripe(platform)).map((each) => each.priceId));
  const itemOf = ({ price, quantity }: Stripe.SubscriptionSchedule.Phase.Item) => {
    const id = typeof price === "string" ? price : price.id;
    return metered.has(id) ? { price: id } : { price: id, quantity: quantity ?? 1 };
  };
  const isMetered = ({ price }: Stripe.SubscriptionSchedule.Phase.Item) =>
    metered.has(typeof price === "string" ? price : price.id);
  return stripe.subscriptionSchedules.update(
    schedule.id,
    {
      end_behavior: "release",
      proration_behavior: "none",
      phases: [
        {
          items: now.items.map(itemOf),
          start_date: now.start_date,
          end_date: now.end_date,
        },
        {
          items: [{ price: priceId, quantity: 1 }, ...now.items.filter(isMetered).map(itemOf)],
          duration: { interval: "month", interval_count: 1 },
          metadata: ours(organizationId, planVersionId),
        },
      ],
    },
    { idempotencyKey: `${once.idempotencyKey}:phases` },
  );
}
