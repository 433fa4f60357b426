import { createHmac } from "node:crypto";
import type Stripe from "stripe";
import pg from "pg";
import { WEBHOOK_SECRET } from "./setup/stand-in.ts";
import { testDatabase } from "./setup/test-database.ts";
import type { StripeWorld } from "./stripe-world.ts";

/** A signature as Stripe makes it. @param ageSeconds how long ago; below zero: from the future */
export function signatureOf(body: string, { secret = WEBHOOK_SECRET, ageSeconds = 0 } = {}): string {
  const at = Math.floor(Date.now() / 1000) - ageSeconds;
  return `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`;
}

/** Sends one event to the product's webhook, signed. */
export async function deliver(
  world: StripeWorld,
  event: object,
  signature?: string,
): Promise<{ status: number; duplicate: boolean | undefined }> {
  const body = JSON.stringify(event);
  const answer = await fetch(`${world.url}/webhooks/stripe`, {
    method: "POST",
    headers: { "content-type": "application/json", "stripe-signature": signature ?? signatureOf(body) },
    body,
  });
  const { duplicate } = (await answer.json()) as { duplicate?: boolean };
  return { status: answer.status, duplicate };
}

/** All events that the stand-in has, oldest first. */
export async function eventsOf(world: StripeWorld): Promise<Stripe.Event[]> {
  const events = await world.stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
  return events.toReversed();
}

/** Runs statements as the owner of the schema. */
export async function asOwner<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: (await testDatabase()).adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(text, [...values]);
    return rows;
  } finally {
    await client.end();
  }
}

/** What of an organization's had to be tried again later, and news of whomever, is due by now. */
export async function hurryRetries(organizationId: string): Promise<void> {
  await asOwner("update stripe_inbox set next_try_at = now() where state = 'RECEIVED'");
  await asOwner("update stripe_outbox set next_try_at = now() where organization_id = $1 and state = 'PENDING'", [
    organizationId,
  ]);
}

/** What Stripe's news come to: the mirror and the subscriptions, without ids and times of ours. */
const STATE: Readonly<Record<string, string>> = {
  subscriptions:
    "select organization_id, plan_code, status, collection, current_period_start, current_period_end, cancel_at, past_due_since, paused_at, restricted_at from subscriptions",
  invoices:
    "select organization_id, stripe_id, number, status, reason, total_minor, amount_paid_minor, amount_remaining_minor, credited_minor, refunded_minor, period_start, period_end, paid_at from invoices",
  lines:
    "select l.organization_id, i.stripe_id, l.stripe_line_id, l.kind, l.amount_minor, l.charge_id from invoice_lines l join invoices i on i.id = l.invoice_id",
  payments: "select organization_id, stripe_id, amount_minor, status from invoice_payments",
  creditNotes: "select organization_id, stripe_id, amount_minor, refund_minor, balance_minor, status from credit_notes",
  refunds: "select organization_id, stripe_id, amount_minor, status from refunds",
  charges: "select organization_id, id, state, amount_minor from usage_charges",
  customers:
    "select organization_id, stripe_id, email, payment_method, balance_minor, deleted_at from stripe_customers",
  stripeSubscriptions:
    "select organization_id, stripe_id, status, plan_version_id, period_start, period_end, cancel_at, granted, ended_at from stripe_subscriptions",
};

/** The state that events lead to, as text, so that two of them can be compared. */
export async function stateAfterEvents(): Promise<string> {
  const parts = await Promise.all(
    Object.entries(STATE).map(async ([name, text]) => {
      const rows = await asOwner(`select to_jsonb(s) as row from (${text}) s order by to_jsonb(s)::text`);
      return `${name}: ${JSON.stringify(rows, null, 1)}`;
    }),
  );
  return parts.join("\n");
}

/** As if no event had ever come: the mirror is empty, what the ledger and the plans say stays. */
export const forgetEvents = (): Promise<object[]> =>
  asOwner(`truncate invoices, invoice_lines, invoice_payments, credit_notes, refunds, stripe_inbox, alarms;
    update usage_charges set state = 'PENDING', invoice_id = null where state = 'INVOICED';
    update stripe_customers set payment_method = null, balance_minor = 0, email = null`);
