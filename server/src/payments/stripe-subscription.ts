import type Stripe from "stripe";
import type { Sql } from "../platform/database/sql.ts";
import { arrayOf, instant, instantOrNull, wholeOrNull } from "../platform/database/row.ts";
import type { Collection } from "../subscriptions/subscription.entity.ts";
import { instantOf, instantOfOrNull, idOf } from "./stripe-client.ts";
import type { MeteredItem } from "./stripe-mirror.entity.ts";

/** Stripe's subscription in our words, as far as it decides about plan and access. */
export type ReadSubscription = {
  readonly stripeId: string;
  readonly status: Stripe.Subscription.Status;
  readonly itemId: string;
  readonly priceId: string;
  readonly meteredItems: readonly MeteredItem[];
  /** What it charges each period, in minor units; null for a price without a flat amount. */
  readonly unitAmountMinor: bigint | null;
  /** What our metadata says; used where the price was agreed and so is nobody else's. */
  readonly namedPlanVersionId: string | null;
  readonly agreedMinor: bigint | null;
  readonly collection: Collection;
  readonly anchorAt: Date;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly trialEnd: Date | null;
  readonly cancelAt: Date | null;
  readonly paused: boolean;
  readonly pendingUpdateUntil: Date | null;
  readonly scheduleId: string | null;
  readonly latestInvoiceId: string | null;
  readonly latestInvoicePaid: boolean;
  /** Where a person can pay it; null when there is nothing to pay. */
  readonly payUrl: string | null;
  /** Since when its renewal is unpaid; null while nothing is past due. */
  readonly pastDueSince: Date | null;
  readonly endedAt: Date | null;
};

/** @param subscription with `latest_invoice` expanded */
export function readSubscription(subscription: Stripe.Subscription): ReadSubscription {
  const item = subscription.items.data.find((one) => !isMetered(one));
  if (!item) throw new Error(`the subscription ${subscription.id} has no item with a price of its own`);
  const invoice = typeof subscription.latest_invoice === "string" ? null : subscription.latest_invoice;
  const agreed = subscription.metadata["agreed_minor"] ?? "";
  return {
    stripeId: subscription.id,
    status: subscription.status,
    itemId: item.id,
    priceId: item.price.id,
    meteredItems: subscription.items.data.filter(isMetered).map(({ id, price }) => ({ itemId: id, priceId: price.id })),
    unitAmountMinor: item.price.unit_amount === null ? null : BigInt(item.price.unit_amount),
    namedPlanVersionId: subscription.metadata["plan_version_id"] ?? null,
    agreedMinor: agreed === "" ? null : BigInt(agreed),
    collection: subscription.collection_method === "send_invoice" ? "INVOICE" : "CARD",
    anchorAt: instantOf(subscription.billing_cycle_anchor),
    periodStart: instantOf(item.current_period_start),
    periodEnd: instantOf(item.current_period_end),
    trialEnd: instantOfOrNull(subscription.trial_end),
    cancelAt: subscription.cancel_at_period_end
      ? instantOf(item.current_period_end)
      : instantOfOrNull(subscription.cancel_at),
    paused: subscription.pause_collection !== null || subscription.status === "paused",
    pendingUpdateUntil: instantOfOrNull(subscription.pending_update?.expires_at),
    scheduleId: idOf(subscription.schedule),
    latestInvoiceId: idOf(subscription.latest_invoice),
    latestInvoicePaid: invoice?.status === "paid",
    payUrl: invoice?.status === "open" ? (invoice.hosted_invoice_url ?? null) : null,
    pastDueSince: pastDueSince(subscription.status, invoice),
    endedAt: instantOfOrNull(subscription.ended_at),
  };
}

/** Billed by what a meter counted; all others are billed for being there. */
const isMetered = ({ price }: Stripe.SubscriptionItem): boolean => price.recurring?.usage_type === "metered";

/** The first try is made when the invoice is finalized; one that is sent has until it is due. */
function pastDueSince(status: Stripe.Subscription.Status, invoice: Stripe.Invoice | null): Date | null {
  if ((status !== "past_due" && status !== "unpaid") || invoice === null) return null;
  if (invoice.collection_method === "send_invoice") return instantOfOrNull(invoice.due_date);
  return instantOfOrNull(invoice.status_transitions.finalized_at) ?? instantOf(invoice.created);
}

/** The mirror's row of one subscription. */
export type SubscriptionMirror = {
  readonly stripeId: string;
  readonly status: string;
  readonly itemId: string;
  readonly meteredItems: readonly MeteredItem[];
  readonly planVersionId: string;
  readonly agreedMinor: bigint | null;
  readonly collection: Collection;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly cancelAt: Date | null;
  readonly pendingUpdateUntil: Date | null;
  readonly scheduleId: string | null;
  readonly latestInvoiceId: string | null;
  readonly granted: boolean;
  readonly endedAt: Date | null;
};

/** The organization's subscriptions at Stripe that have not ended, newest first. */
export async function liveSubscriptions(sql: Sql, organizationId: string): Promise<SubscriptionMirror[]> {
  const rows = await sql<MirrorRow>(
    `${SELECT} where organization_id = $1 and ended_at is null order by stripe_id desc`,
    [organizationId],
  );
  return rows.map(mirrorOf);
}

/** The one that the plan stands on; null on Free and before the first payment. */
export async function grantedSubscription(sql: Sql, organizationId: string): Promise<SubscriptionMirror | null> {
  const rows = await sql<MirrorRow>(`${SELECT} where organization_id = $1 and granted and ended_at is null`, [
    organizationId,
  ]);
  return rows[0] ? mirrorOf(rows[0]) : null;
}

/** The same for many organizations, in one statement. */
export async function grantedSubscriptions(
  sql: Sql,
  organizationIds: readonly string[],
): Promise<Map<string, SubscriptionMirror>> {
  const rows = await sql<MirrorRow & { organization_id: string }>(
    `${SELECT.replace("select", "select organization_id,")} where organization_id = any($1::uuid[]) and granted and ended_at is null`,
    [arrayOf(organizationIds)],
  );
  return new Map(rows.map((row) => [row.organization_id, mirrorOf(row)]));
}

export async function mirrorOfSubscription(
  sql: Sql,
  organizationId: string,
  stripeId: string,
): Promise<SubscriptionMirror | null> {
  const rows = await sql<MirrorRow>(`${SELECT} where organization_id = $1 and stripe_id = $2`, [
    organizationId,
    stripeId,
  ]);
  return rows[0] ? mirrorOf(rows[0]) : null;
}

export async function saveSubscriptionMirror(
  sql: Sql,
  organizationId: string,
  read: ReadSubscription,
  planVersionId: string,
  granted: boolean,
  now: Date,
): Promise<void> {
  await sql(
    `insert into stripe_subscriptions as s (organization_id, stripe_id, status, item_id, plan_version_id, agreed_minor, collection, period_start, period_end,
       trial_end, cancel_at, paused_at, pending_update_until, schedule_id, latest_invoice_id, granted, ended_at, synced_at, metered_items)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
     on conflict (organization_id, stripe_id) do update set status = excluded.status, item_id = excluded.item_id,
       plan_version_id = excluded.plan_version_id, agreed_minor = excluded.agreed_minor, collection = excluded.collection, period_start = excluded.period_start,
       period_end = excluded.period_end, trial_end = excluded.trial_end, cancel_at = excluded.cancel_at,
       paused_at = case when excluded.paused_at is null then null else coalesce(s.paused_at, excluded.paused_at) end,
       pending_update_until = excluded.pending_update_until, schedule_id = excluded.schedule_id,
       latest_invoice_id = excluded.latest_invoice_id, granted = excluded.granted, ended_at = excluded.ended_at, synced_at = excluded.synced_at,
       metered_items = excluded.metered_items`,
    [
      organizationId,
      read.stripeId,
      read.status,
      read.itemId,
      planVersionId,
      read.agreedMinor?.toString() ?? null,
      read.collection,
      read.periodStart,
      read.periodEnd,
      read.trialEnd,
      read.cancelAt,
      read.paused ? now : null,
      read.pendingUpdateUntil,
      read.scheduleId,
      read.latestInvoiceId,
      granted,
      read.endedAt,
      now,
      JSON.stringify(read.meteredItems),
    ],
  );
}

type MirrorRow = Record<string, unknown> & {
  stripe_id: string;
  status: string;
  item_id: string;
  metered_items: MeteredItem[] | null;
  plan_version_id: string;
  collection: Collection;
  schedule_id: string | null;
  latest_invoice_id: string | null;
  granted: boolean;
};

const SELECT = `select stripe_id, status, item_id, metered_items, plan_version_id, agreed_minor, collection, period_start, period_end, cancel_at, pending_update_until,
  schedule_id, latest_invoice_id, granted, ended_at from stripe_subscriptions`;

const mirrorOf = (row: MirrorRow): SubscriptionMirror => ({
  stripeId: row.stripe_id,
  status: row.status,
  itemId: row.item_id,
  meteredItems: row.metered_items ?? [],
  planVersionId: row.plan_version_id,
  agreedMinor: wholeOrNull(row["agreed_minor"]),
  collection: row.collection,
  periodStart: instant(row["period_start"]),
  periodEnd: instant(row["period_end"]),
  cancelAt: instantOrNull(row["cancel_at"]),
  pendingUpdateUntil: instantOrNull(row["pending_update_until"]),
  scheduleId: row.schedule_id,
  latestInvoiceId: row.latest_invoice_id,
  granted: row.granted,
  endedAt: instantOrNull(row["ended_at"]),
});
