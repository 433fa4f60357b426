import { inPlatformTransaction, inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { isUuid } from "../platform/id.ts";
import type { Platform } from "../platform/scope.ts";
import { ownerOf } from "./owners.ts";
import { customerOf } from "./stripe-customer.ts";
import { idOf, present, stripeOf } from "./stripe-client.ts";
import { invoiceBehind } from "./invoice-behind.ts";
import { syncCustomer } from "./sync-customer.ts";

/**
 * The organization that a lane of events belongs to. A customer that we did not know is adopted when
 * our metadata names an organization without a customer of its own: the call that made it succeeded,
 * and we died before we noted it. Anybody else's is left alone.
 */
export async function organizationOfLane(
  platform: Platform,
  lane: string,
  hints: readonly { readonly object_id: string }[],
): Promise<string | null> {
  const known = await inPlatformTransaction(platform.pool, async (sql) => {
    for (const id of new Set([lane, ...hints.map(({ object_id }) => object_id)])) {
      const owner = await ownerOf(sql, id);
      if (owner !== null) return owner;
    }
    return null;
  });
  if (known !== null || !lane.startsWith("cus_")) return known;
  return adopt(platform, lane);
}

/** Kinds whose objects may name no customer, and are about an invoice that does. */
const NAMELESS = new Set(["invoice_payment", "dispute", "refund", "charge"]);

/**
 * The customer behind events whose objects name none, such as payments of invoices and disputes.
 * They are worked in the customer's lane, since they are about its invoices.
 */
export async function customerBehind(
  platform: Platform,
  hints: readonly { readonly object_kind: string; readonly object_id: string }[],
): Promise<string | null> {
  const hint = hints.find(({ object_kind }) => NAMELESS.has(object_kind));
  if (!hint) return null;
  const invoice = await present(invoiceBehind(platform, { kind: hint.object_kind, id: hint.object_id }));
  return invoice === null ? null : idOf((await stripeOf(platform).invoices.retrieve(invoice)).customer);
}

async function adopt(platform: Platform, customerId: string): Promise<string | null> {
  const customer = await present(stripeOf(platform).customers.retrieve(customerId));
  if (customer === null || customer.deleted) return null;
  const organizationId = customer.metadata["organization_id"] ?? "";
  if (!isUuid(organizationId)) return null;
  const free = await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const [organization] = await sql("select id from organizations where id = $1", [organizationId]);
    const mine = await customerOf(sql, organizationId);
    return organization !== undefined && (mine === null || mine.deletedAt !== null);
  });
  if (!free) return null;
  await syncCustomer(platform, organizationId, customerId);
  return organizationId;
}
