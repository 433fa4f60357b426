import { type Exact, exact, sum } from "../kernel/exact.ts";
import { minorFrom, NANOS_PER_MINOR } from "../kernel/money.ts";
import type { Sql } from "../platform/database/sql.ts";
import { whole } from "../platform/database/row.ts";
import { newId } from "../platform/id.ts";
import type { SubscriptionMirror } from "./stripe-subscription.ts";

type PaidLine = { amount_minor: unknown; description: string; period_start: Date; period_end: Date };

/**
 * Writes a credit for what was invoiced for the rest of a period that an agreement cuts short: by
 * the second, rounded once, half up. The next invoice takes it. An invoice that is still open stays
 * owed, and the credit with it, so that together they come to the time that was had.
 *
 * What was invoiced for that time is the fee, and what upgrades within the period added to it.
 */
export async function creditUnusedTime(
  sql: Sql,
  organizationId: string,
  replaced: SubscriptionMirror,
  now: Date,
): Promise<void> {
  const lines = await sql<PaidLine>(
    `select l.amount_minor, l.description, l.period_start, l.period_end
     from invoice_lines l join invoices i on i.organization_id = l.organization_id and i.id = l.invoice_id
     where l.organization_id = $1 and i.stripe_subscription_id = $2 and i.status in ('PAID', 'OPEN') and l.kind in ('FEE', 'PRORATION')
       and l.period_end > $3 and l.period_end > l.period_start
     order by l.period_start desc, l.amount_minor desc`,
    [organizationId, replaced.stripeId, now],
  );
  const [fee] = lines;
  if (!fee) return;
  const unused = minorFrom(sum(lines.map((line) => unusedNanos(line, now))));
  if (unused <= 0n) return;
  await sql(
    `insert into manual_charges (organization_id, id, description, quantity, amount_minor, created_at) values ($1, $2, $3, 1, $4, $5)`,
    [organizationId, newId(), `Unused time: ${fee.description}`, (-unused).toString(), now],
  );
}

function unusedNanos({ amount_minor, period_start, period_end }: PaidLine, now: Date): Exact {
  const all = BigInt(Math.floor((period_end.getTime() - period_start.getTime()) / 1000));
  const left = BigInt(Math.floor((period_end.getTime() - now.getTime()) / 1000));
  return exact(whole(amount_minor) * NANOS_PER_MINOR * (left < all ? left : all), all);
}
