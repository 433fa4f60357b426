import DataLoader from "dataloader";
import { sqlIn } from "../../platform/database/sql.ts";
import { perRequest } from "../../platform/graphql/context.ts";
import type { Scope } from "../../platform/scope.ts";
import { grantedSubscriptions, type SubscriptionMirror } from "../stripe-subscription.ts";

/** The subscription at Stripe that an organization's plan stands on; null on Free and before the first payment. */
export const grantedMirrorLoader = perRequest(
  ({ em }: Scope) =>
    new DataLoader<string, SubscriptionMirror | null>(async (organizationIds) => {
      const granted = await grantedSubscriptions(sqlIn(em), organizationIds);
      return organizationIds.map((id) => granted.get(id) ?? null);
    }),
);
