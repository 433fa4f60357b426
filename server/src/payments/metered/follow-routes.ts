import type { Sql } from "../../platform/database/sql.ts";
import { type MeterCode, meterCodes } from "../../rating/meter.ts";
import type { CurrentSubscription } from "../../subscriptions/current-subscription.ts";
import { decideCall } from "../stripe-outbox.ts";
import type { SubscriptionMirror } from "../stripe-subscription.ts";
import { choicesOf, lastChoice, nextRoute, type RouteChoice, routeFrom } from "./route-choices.ts";
import type { StripeMeter } from "./stripe-meters.ts";

/** The subscription at Stripe, as it was read just now or last. */
export type RoutedSubscription = Pick<
  SubscriptionMirror,
  "stripeId" | "meteredItems" | "cancelAt" | "pendingUpdateUntil" | "scheduleId" | "endedAt"
>;

/**
 * Decides what gives a subscription at Stripe an item for each meter that is billed by one, now or
 * from the next period on, and takes items away that nothing will be billed by any more.
 *
 * An item that is missing when a period ends costs nothing but the choice: that period's charge goes
 * as an invoice item. One that is left over is a line of nothing. So what is in the way, such as a
 * scheduled change of plan, is waited for: each reading of the subscription comes by here.
 *
 * @returns the keys of the calls
 */
export async function followRoutes(
  sql: Sql,
  current: CurrentSubscription,
  at: RoutedSubscription,
  meters: readonly StripeMeter[],
): Promise<string[]> {
  const { organizationId, currentPeriodId, currentPeriodStart } = current;
  const choices = (await choicesOf(sql, [organizationId])).get(organizationId) ?? [];
  if (choices.length === 0 || !mayChangeItems(at)) return [];
  const wanted = meterCodes.filter(
    (meter) =>
      nextRoute(choices, meter) === "stripe_meter" || routeFrom(choices, meter, currentPeriodStart) === "stripe_meter",
  );
  const there = at.meteredItems.flatMap(({ itemId, priceId }) => {
    const meter = meters.find((each) => each.priceId === priceId)?.meter;
    return meter === undefined ? [] : [{ itemId, meter }];
  });
  const keys: string[] = [];
  for (const meter of wanted) {
    if (there.some((item) => item.meter === meter)) continue;
    const key = subscribeKey(at.stripeId, meter, currentPeriodId, lastChoice(choices, meter));
    await decideCall(sql, organizationId, {
      kind: "meter.subscribe",
      key,
      params: { subscriptionId: at.stripeId, meter },
    });
    keys.push(key);
  }
  const surplus = there.filter(({ meter }) => !wanted.includes(meter));
  if (surplus.length === 0) return keys;
  const unbilled = await readUnbilled(sql, organizationId, at.stripeId);
  for (const { itemId, meter } of surplus) {
    if (mayStillBill(unbilled, choices, meter)) continue;
    const key = `meter-item-gone:${itemId}`;
    await decideCall(sql, organizationId, {
      kind: "subscription.update",
      key,
      params: {
        id: at.stripeId,
        params: { items: [{ id: itemId, deleted: true }], proration_behavior: "none" },
      },
    });
    keys.push(key);
  }
  return keys;
}

/** A change would take the place of an upgrade that waits for its payment, or be undone by a schedule. */
const mayChangeItems = ({ cancelAt, pendingUpdateUntil, scheduleId, endedAt }: RoutedSubscription): boolean =>
  endedAt === null && cancelAt === null && pendingUpdateUntil === null && scheduleId === null;

/** Once for a choice and period, so that an item that was lost at Stripe comes back with the next one. */
const subscribeKey = (stripeId: string, meter: MeterCode, periodId: string, choice: RouteChoice | null): string =>
  `meter-item:${stripeId}:${meter}:${periodId}:${choice?.chosenAt.getTime() ?? 0}`;

/** What has ended and is not invoiced yet. */
type Unbilled = {
  /** The starts of closed periods that have no charges yet. */
  readonly starts: readonly Date[];
  readonly meters: readonly MeterCode[];
  readonly hasDraft: boolean;
};

async function readUnbilled(sql: Sql, organizationId: string, stripeSubscriptionId: string): Promise<Unbilled> {
  const [row] = await sql<{ starts: string[] | null; meters: MeterCode[] | null; has_draft: boolean }>(
    `select (select json_agg(start_at) from billing_periods
         where organization_id = $1 and closed_at is not null and frozen_at is null) as starts,
       (select json_agg(distinct meter) from usage_charges
         where organization_id = $1 and state = 'PENDING' and route = 'stripe_meter') as meters,
       exists (select from invoices
         where organization_id = $1 and stripe_subscription_id = $2 and status = 'DRAFT') as has_draft`,
    [organizationId, stripeSubscriptionId],
  );
  return {
    starts: (row?.starts ?? []).map((start) => new Date(start)),
    meters: row?.meters ?? [],
    hasDraft: row?.has_draft ?? false,
  };
}

/** True while a period that has ended may be billed by the meter's item: its draft rates what the meter was told. */
const mayStillBill = ({ starts, meters, hasDraft }: Unbilled, choices: readonly RouteChoice[], meter: MeterCode) =>
  hasDraft || meters.includes(meter) || starts.some((start) => routeFrom(choices, meter, start) === "stripe_meter");
