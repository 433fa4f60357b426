import type Stripe from "stripe";
import { instantOrNull, instant, whole, wholeOrNull } from "../../platform/database/row.ts";
import { idOf } from "../stripe-client.ts";
import type { MeteredItem } from "../stripe-mirror.entity.ts";
import { readSubscription } from "../stripe-subscription.ts";
import { type Comparison, idsOf, type Mirrored, mirrorRule, ownersByCustomer } from "./mirror-rule.ts";

type Row = Record<string, unknown> & { organization_id: string; stripe_id: string };

const customers: Comparison<Stripe.Customer> = {
  name: "stripe-customers",
  list: (stripe) => stripe.customers.list({ limit: 100 }),
  retrieve: async (stripe, id) => {
    const customer = await stripe.customers.retrieve(id);
    return customer.deleted ? null : customer;
  },
  read: async (_platform, { email, currency, balance }) => ({ email, currency: currency ?? null, balance }),
  mirrored: async (sql, ids) => {
    const rows = await sql<Row>(
      `select organization_id, stripe_id, email, currency, balance_minor from stripe_customers
       where deleted_at is null and stripe_id in (select jsonb_array_elements_text($1::jsonb))`,
      [idsOf(ids)],
    );
    return new Map(
      rows.map((row): [string, Mirrored] => [
        row.stripe_id,
        {
          organizationId: row.organization_id,
          fields: { email: row["email"], currency: row["currency"], balance: whole(row["balance_minor"]) },
        },
      ]),
    );
  },
  owners: async () => new Map(),
  known: async (sql) =>
    (await sql<{ stripe_id: string }>("select stripe_id from stripe_customers where deleted_at is null")).map(
      ({ stripe_id }) => stripe_id,
    ),
};

const subscriptions: Comparison<Stripe.Subscription> = {
  name: "stripe-subscriptions",
  list: (stripe) => stripe.subscriptions.list({ limit: 100, status: "all" }),
  retrieve: (stripe, id) => stripe.subscriptions.retrieve(id),
  read: async (_platform, subscription) => {
    const read = readSubscription(subscription);
    return {
      status: read.status,
      itemId: read.itemId,
      metered: idsIn(read.meteredItems),
      agreed: read.agreedMinor,
      collection: read.collection,
      periodStart: read.periodStart,
      periodEnd: read.periodEnd,
      cancelAt: read.cancelAt,
      paused: read.paused,
      schedule: read.scheduleId,
      latestInvoice: read.latestInvoiceId,
      endedAt: read.endedAt,
      // An agreed price is nobody else's, and stands in `agreed`.
      price: read.agreedMinor === null ? read.priceId : "",
    };
  },
  mirrored: async (sql, ids) => {
    const rows = await sql<Row>(
      `select s.*, coalesce(case when s.agreed_minor is null then p.price_id end, '') as price from stripe_subscriptions s
       left join stripe_prices p on p.plan_version_id = s.plan_version_id where s.stripe_id in (select jsonb_array_elements_text($1::jsonb))`,
      [idsOf(ids)],
    );
    return new Map(rows.map((row) => [row.stripe_id, subscriptionOf(row)]));
  },
  owners: (sql, all) => ownersByCustomer(sql, all, ({ customer }) => idOf(customer)),
  known: async (sql) =>
    (await sql<{ stripe_id: string }>("select stripe_id from stripe_subscriptions")).map(({ stripe_id }) => stripe_id),
};

const idsIn = (items: readonly MeteredItem[]): string => items.map(({ itemId }) => itemId).join(" ");

const subscriptionOf = (row: Row): Mirrored => ({
  organizationId: row.organization_id,
  fields: {
    status: row["status"],
    itemId: row["item_id"],
    metered: idsIn((row["metered_items"] as readonly MeteredItem[] | null) ?? []),
    agreed: wholeOrNull(row["agreed_minor"]),
    collection: row["collection"],
    periodStart: instant(row["period_start"]),
    periodEnd: instant(row["period_end"]),
    cancelAt: instantOrNull(row["cancel_at"]),
    paused: row["paused_at"] !== null,
    schedule: row["schedule_id"],
    latestInvoice: row["latest_invoice_id"],
    endedAt: instantOrNull(row["ended_at"]),
    price: row["price"],
  },
});

/** Customers and subscriptions are what Stripe has. */
export const customerMirror = [mirrorRule(customers), mirrorRule(subscriptions)];
