import { exact } from "../kernel/exact.ts";
import { minorFrom, NANOS_PER_MINOR } from "../kernel/money.ts";
import type { Sql } from "../platform/database/sql.ts";
import { whole } from "../platform/database/row.ts";
import { newId } from "../platform/id.ts";
import type { SubscriptionMirror } from "./stripe-subscription.ts";

/**
 * Writes a credit for what was paid for the rest of a period that an agreement cuts short: by the
 * second, rounded once, half up. The next invoice takes it.
 */
export async function creditUnusedTime(
  sql: Sql,
  organizationId: string,
  replaced: SubscriptionMirror,
  now: Date,
): Promise<void> {
  const [fee] = await sql<{ amount_minor: unknown; description: string }>(
    `select l.amount_minor, l.description from invoice_lines l join invoices i on i.organization_id = l.organization_id and i.id = l.invoice_id
     where l.organization_id = $1 and i.stripe_subscription_id = $2 and i.status = 'PAID' and l.kind = 'FEE' and l.period_end > $3
     order by l.period_start desc limit 1`,
    [organizationId, replaced.stripeId, now],
  );
  if (!fee) return;
  const left = BigInt(Math.floor((replaced.periodEnd.getTime() - now.getTime()) / 1000));
  const all = BigInt(Math.floor((replaced.periodEnd.getTime() - replaced.periodStart.getTime()) / 1000));
  const unused = minorFrom(exact(whole(fee.amount_minor) * NANOS_PER_MINOR * left, all));
  if (unused <= 0n) return;
  await sql(
    `insert into manual_charges (organization_id, id, description, quantity, amount_minor, created_at) values ($1, $2, $3, 1, $4, $5)`,
    [organizationId, newId(), `Unused time: ${fee.description}`, (-unused).toString(), now],
  );
}
