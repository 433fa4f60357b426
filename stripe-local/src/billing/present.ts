import type { Call } from "../http/call.ts";
import { included } from "../http/paging.ts";
import type { Presenter } from "../http/presenter.ts";
import { previousAttributes } from "../objects/change.ts";
import type { CheckoutSession } from "../objects/checkout-session.ts";
import type { CreditNote } from "../objects/credit-note.ts";
import type { Invoice } from "../objects/invoice.ts";
import type { Price } from "../objects/price.ts";
import type { Subscription, SubscriptionItem } from "../objects/subscription.ts";
import type { StripeObject } from "../store/store.ts";
import { linesOf } from "./checkout-lines.ts";
import { readPrice } from "./read.ts";

/** An item with its price, and with the plan that older code reads. */
export function presentItem(call: Call, item: SubscriptionItem): StripeObject {
  const { debit: _debit, quantity, ...shown } = item;
  const price = readPrice(call, item.price);
  return {
    billing_thresholds: null,
    current_trial: null,
    discounts: [],
    plan: planOf(price),
    tax_rates: [],
    ...shown,
    price: withoutTiers(price),
    ...(quantity === null ? {} : { quantity }),
  };
}

/** Tiers are shown only where they are expanded. */
const withoutTiers = ({ tiers: _tiers, ...price }: Price): StripeObject => price;

const planOf = (price: Price): StripeObject => ({
  id: price.id,
  object: "plan",
  active: price.active,
  amount: price.unit_amount,
  amount_decimal: price.unit_amount_decimal,
  billing_scheme: price.billing_scheme,
  created: price.created,
  currency: price.currency,
  interval: price.recurring?.interval ?? "month",
  interval_count: price.recurring?.interval_count ?? 1,
  livemode: price.livemode,
  metadata: price.metadata,
  meter: price.recurring?.meter ?? null,
  nickname: price.nickname,
  product: price.product,
  tiers_mode: price.tiers_mode,
  transform_usage: price.transform_quantity,
  trial_period_days: price.recurring?.trial_period_days ?? null,
  usage_type: price.recurring?.usage_type ?? "licensed",
});

/** All of an included list, however long: a subscription never has more items than one page. */
const listOf = (data: readonly StripeObject[], url: string) => ({ object: "list", data, has_more: false, url });

function presentSubscription(call: Call, { local: _local, ...subscription }: Subscription): StripeObject {
  const { pending_update: pending } = subscription;
  const items = subscription.items.map((item) => presentItem(call, item));
  return {
    ...subscription,
    items: listOf(items, `/v1/subscription_items?subscription=${subscription.id}`),
    pending_update: pending && {
      ...pending,
      subscription_items: pending.subscription_items?.map((item) => presentItem(call, item)) ?? null,
    },
  };
}

function presentInvoice({ local: _local, ...invoice }: Invoice): StripeObject {
  return { ...invoice, lines: included(invoice.lines, `/v1/invoices/${invoice.id}/lines`) };
}

const isSubscription = (object: StripeObject): object is Subscription => object.object === "subscription";
const isInvoice = (object: StripeObject): object is Invoice => object.object === "invoice";

const isCreditNote = (object: StripeObject): object is CreditNote => object.object === "credit_note";

function present(call: Call, object: StripeObject): StripeObject {
  if (object["deleted"] === true) return object;
  // What was presented already keeps its lists: a preview, or an answer built by hand.
  if (isSubscription(object) && Array.isArray(object.items)) return presentSubscription(call, object);
  if (isInvoice(object) && Array.isArray(object.lines)) return presentInvoice(object);
  if (isCreditNote(object) && Array.isArray(object.lines)) {
    return { ...object, lines: included(object.lines, `/v1/credit_notes/${object.id}/lines`) };
  }
  if (!("local" in object)) return object;
  const { local: _local, ...shown } = object;
  return shown;
}

/** Fields that are there only when they are expanded. */
function include(call: Call, object: StripeObject, field: string): unknown {
  const { store } = call;
  switch (`${object.object}.${field}`) {
    case "invoice.payments":
      return listOf(store.list("invoice_payment", { invoice: object.id }), `/v1/invoice_payments?invoice=${object.id}`);
    case "invoice.confirmation_secret":
      return confirmationSecret(call, object.id);
    case "customer.subscriptions": {
      const subscriptions = store
        .list<Subscription>("subscription", { customer: object.id })
        .filter(({ status }) => status !== "canceled" && status !== "incomplete_expired");
      return included(
        subscriptions.map((each) => presentSubscription(call, each)),
        `/v1/customers/${object.id}/subscriptions`,
      );
    }
    case "checkout.session.line_items": {
      const session = store.get<CheckoutSession>("checkout.session", object.id);
      return session && included(linesOf(call, session), `/v1/checkout/sessions/${object.id}/line_items`);
    }
    case "charge.refunds":
      return included(
        store.list("refund").filter(({ charge }) => charge === object.id),
        `/v1/charges/${object.id}/refunds`,
      );
    case "price.tiers":
      return store.get<Price>("price", object.id)?.tiers;
    default:
      return undefined;
  }
}

function confirmationSecret({ store }: Call, invoiceId: string): object | null {
  const invoice = store.get<Invoice>("invoice", invoiceId);
  const intent = invoice?.local.paymentIntent;
  const secret = intent ? store.get("payment_intent", intent)?.["client_secret"] : null;
  return typeof secret === "string" ? { client_secret: secret, type: "payment_intent" } : null;
}

export const presenter: Presenter = { present, include };

/**
 * Tells that a stored object changed, when what is shown of it did. `put` it first.
 *
 * @param type for instance "invoice.updated"
 */
export function emitUpdate(call: Call, type: string, before: StripeObject, after: StripeObject): void {
  const changes = previousAttributes(present(call, before), present(call, after));
  if (Object.keys(changes).length > 0) call.emit(type, after, changes);
}
