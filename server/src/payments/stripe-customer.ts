import type Stripe from "stripe";
import { inPlatformTransaction, inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Sql } from "../platform/database/sql.ts";
import { instantOrNull, whole } from "../platform/database/row.ts";
import type { Platform } from "../platform/scope.ts";
import { noteOwner } from "./owners.ts";
import { stripeOf } from "./stripe-client.ts";
import type { PaymentMethod } from "./stripe-mirror.entity.ts";

/** The organization as Stripe's customer, as last read. */
export type CustomerMirror = {
  readonly stripeId: string;
  readonly email: string | null;
  readonly paymentMethod: PaymentMethod | null;
  /** Below zero: credit for the next invoice. */
  readonly balanceMinor: bigint;
  readonly deletedAt: Date | null;
};

export async function customerOf(sql: Sql, organizationId: string): Promise<CustomerMirror | null> {
  const [row] = await sql<
    Record<string, unknown> & { stripe_id: string; email: string | null; payment_method: PaymentMethod | null }
  >(
    "select stripe_id, email, payment_method, balance_minor, deleted_at from stripe_customers where organization_id = $1",
    [organizationId],
  );
  if (!row) return null;
  return {
    stripeId: row.stripe_id,
    email: row.email,
    paymentMethod: row.payment_method,
    balanceMinor: whole(row["balance_minor"]),
    deletedAt: instantOrNull(row["deleted_at"]),
  };
}

/** The id of the organization's customer at Stripe, made when it is first needed: one for each organization. */
export async function ensureCustomer(platform: Platform, organizationId: string): Promise<string> {
  const known = await inTenantTransaction(platform.pool, organizationId, (sql) => customerOf(sql, organizationId));
  if (known && known.deletedAt === null) return known.stripeId;
  const { name, email } = await inPlatformTransaction(platform.pool, (sql) => billedParty(sql, organizationId));
  // A customer that was deleted at Stripe gets a successor, with a key of its own.
  const key = known === null ? `customer:${organizationId}` : `customer:${organizationId}:after:${known.stripeId}`;
  const customer = await stripeOf(platform).customers.create(
    { name, ...(email !== null && { email }), metadata: { organization_id: organizationId } },
    { idempotencyKey: key },
  );
  await saveCustomer(platform, organizationId, customer, null);
  return customer.id;
}

/** Who is billed: the organization, at the address of its first owner. */
async function billedParty(sql: Sql, organizationId: string): Promise<{ name: string; email: string | null }> {
  const [row] = await sql<{ name: string; email: string | null }>(
    `select o.name, (select u.email from members m join users u on u.id = m.user_id
       where m.organization_id = o.id and m.role = 'OWNER' order by u.created_at, u.id limit 1) as email
     from organizations o where o.id = $1`,
    [organizationId],
  );
  if (!row) throw new Error(`no organization ${organizationId}`);
  return row;
}

/** Writes what Stripe says about the customer. */
export async function saveCustomer(
  platform: Platform,
  organizationId: string,
  customer: Stripe.Customer | Stripe.DeletedCustomer,
  paymentMethod: PaymentMethod | null,
): Promise<void> {
  const now = platform.clock();
  await inPlatformTransaction(platform.pool, (sql) => noteOwner(sql, "customer", customer.id, organizationId));
  await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    if (customer.deleted) {
      await sql(
        `update stripe_customers set deleted_at = coalesce(deleted_at, $3), payment_method = null, synced_at = $3
         where organization_id = $1 and stripe_id = $2`,
        [organizationId, customer.id, now],
      );
      return;
    }
    await sql(
      `insert into stripe_customers as c (organization_id, stripe_id, email, currency, payment_method, balance_minor, synced_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (organization_id) do update set stripe_id = excluded.stripe_id, email = excluded.email, currency = excluded.currency,
         payment_method = excluded.payment_method, balance_minor = excluded.balance_minor, deleted_at = null, synced_at = excluded.synced_at
       where c.stripe_id = excluded.stripe_id or c.deleted_at is not null`,
      [
        organizationId,
        customer.id,
        customer.email,
        customer.currency ?? null,
        paymentMethod === null ? null : JSON.stringify(paymentMethod),
        String(customer.balance),
        now,
      ],
    );
  });
}
