import DataLoader from "dataloader";
import { sqlIn } from "../platform/database/sql.ts";
import { perRequest } from "../platform/graphql/context.ts";
import type { Scope } from "../platform/scope.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { subscriptionLoader } from "../subscriptions/subscription.loader.ts";
import { type MeterSummary, meterSummaries } from "./meter-summary.ts";
import { noStorage, periodStorage, periodTotals } from "./read-totals.ts";

/** A subscription and what its current period has used. */
export type CurrentUsage = { readonly subscription: CurrentSubscription; readonly meters: readonly MeterSummary[] };

/** Usage of the current period by organization: three statements, however many are asked for. */
export const currentUsageLoader = perRequest(
  (scope: Scope) =>
    new DataLoader<string, CurrentUsage>(async (organizationIds) => {
      const subscriptions = await subscriptionLoader(scope).loadMany(organizationIds);
      const known = subscriptions.filter(
        (subscription): subscription is CurrentSubscription => !(subscription instanceof Error),
      );
      const periods = known.map((subscription) => ({
        organizationId: subscription.organizationId,
        id: subscription.currentPeriodId,
        start: subscription.currentPeriodStart,
        end: subscription.currentPeriodEnd,
      }));
      const sql = sqlIn(scope.em);
      const [totals, storage] = await Promise.all([periodTotals(sql, periods), periodStorage(sql, periods)]);
      return subscriptions.map((subscription) => {
        if (subscription instanceof Error) return subscription;
        const { currentPeriodId: id, currentPeriodStart: start, currentPeriodEnd: end, card } = subscription;
        const trial = subscription.status === "TRIALING";
        const meters = meterSummaries(
          card,
          { start, end },
          true,
          trial,
          totals.get(id) ?? [],
          storage.get(id) ?? noStorage,
        );
        return { subscription, meters };
      });
    }),
);
