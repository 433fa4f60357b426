import { recordAudit } from "../../audit/record-audit.ts";
import type { UsageRoute } from "../../invoices/charge.entity.ts";
import { inTenantTransaction } from "../../platform/database/tenant-transaction.ts";
import { badInput, notFound } from "../../platform/graphql/errors.ts";
import { isUuid } from "../../platform/id.ts";
import type { Scope } from "../../platform/scope.ts";
import { isMeterCode, type MeterCode, meterCodes } from "../../rating/meter.ts";
import type { CurrentSubscription } from "../../subscriptions/current-subscription.ts";
import { lockSubscription } from "../../subscriptions/lock-subscription.ts";
import { outcomeOf } from "../make-calls.ts";
import { inTurn } from "../plan-change-turn.ts";
import { grantedSubscription, type SubscriptionMirror } from "../stripe-subscription.ts";
import { syncNow } from "../sync-now.ts";
import { followRoutes } from "./follow-routes.ts";
import { choicesOf, nextRoute } from "./route-choices.ts";
import { metersAtStripe } from "./stripe-meters.ts";
import { UsageRouteRefused } from "./usage-route.refusals.ts";

export type SetUsageRoute = { readonly organizationId: string; readonly meter: string; readonly route: UsageRoute };

/**
 * Chooses how one meter's usage reaches Stripe's invoices, from the organization's next period on:
 * the period that runs is billed as it began. The route that is chosen already stays without a trace.
 *
 * @throws UsageRouteRefused when a meter of Stripe's could bill nothing; EdgeFault CONFLICT while the
 *   subscription is being changed
 */
export async function setUsageRoute(
  scope: Scope,
  { organizationId, meter: code, route }: SetUsageRoute,
): Promise<void> {
  if (!isUuid(organizationId)) throw notFound("The organization");
  const meter = known(code);
  const { platform } = scope;
  await inTurn(platform, organizationId, "route of usage", async () => {
    const meters = await metersAtStripe(platform);
    const decided = await inTenantTransaction(platform.pool, organizationId, async (sql) => {
      const now = scope.clock();
      const current = await lockSubscription(sql, organizationId, now);
      if (!current) throw notFound("The organization");
      const before = nextRoute((await choicesOf(sql, [organizationId])).get(organizationId) ?? [], meter);
      if (before === route) return null;
      const granted = await grantedSubscription(sql, organizationId);
      if (route === "stripe_meter") checkBillable(current, granted);
      await sql(
        `insert into meter_routes (organization_id, meter, chosen_at, route) values ($1, $2, $3, $4)
         on conflict (organization_id, meter, chosen_at) do update set route = excluded.route`,
        [organizationId, meter, now, route],
      );
      await recordAudit(sql, scope, {
        organizationId,
        action: "usageRoute.chosen",
        target: meter,
        detail: { from: before, to: route, holdsFrom: current.currentPeriodEnd },
      });
      if (granted === null) return null;
      return { stripeId: granted.stripeId, keys: await followRoutes(sql, current, granted, meters) };
    });
    if (decided === null || decided.keys.length === 0) return;
    // What Stripe refuses raises an alarm, and what it does not answer now is made later: the choice holds either way.
    for (const key of decided.keys) await outcomeOf(platform, organizationId, key);
    await syncNow(platform, organizationId, [{ kind: "subscription", id: decided.stripeId }]);
  });
}

function known(code: string): MeterCode {
  if (!isMeterCode(code)) throw badInput(`There is no meter ${code}. The meters are ${meterCodes.join(", ")}.`);
  return code;
}

/** A meter bills by an item of a paid subscription that goes on. */
function checkBillable(current: CurrentSubscription, granted: SubscriptionMirror | null): void {
  if (granted === null)
    throw new UsageRouteRefused(
      "There is no paid subscription at Stripe that a meter could be billed with. Usage stays with invoice items.",
    );
  if (current.cancelAt !== null || granted.cancelAt !== null)
    throw new UsageRouteRefused("The subscription ends with this period, so there is no next one to bill by a meter.");
  if (granted.scheduleId !== null)
    throw new UsageRouteRefused(
      "A change of plan is scheduled for the end of the period. Choose when it is done, or take it back first.",
    );
  if (granted.pendingUpdateUntil !== null)
    throw new UsageRouteRefused("An upgrade waits for its payment. Choose when it is paid or has expired.");
}
