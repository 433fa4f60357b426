import type { PlanCode } from "../../catalog/plan-terms.ts";
import { sqlIn } from "../../platform/database/sql.ts";
import type { Connection } from "../../platform/graphql/connection.ts";
import { badInput } from "../../platform/graphql/errors.ts";
import type { Scope } from "../../platform/scope.ts";
import type { CurrentSubscription } from "../../subscriptions/current-subscription.ts";
import type { SubscriptionStatus } from "../../subscriptions/subscription.entity.ts";
import { subscriptionLoader } from "../../subscriptions/subscription.loader.ts";
import { newestFirst, type Page } from "./newest-first.ts";

export type ListSubscriptions = Page & {
  readonly plan?: PlanCode | null;
  readonly status?: SubscriptionStatus | null;
  /** Only those that will end, or only the others. */
  readonly cancels?: boolean | null;
  /** A part of the organization's name, or an id, ours or Stripe's. */
  readonly search?: string | null;
};

/** Subscriptions of all organizations, the last begun first. @throws EdgeFault BAD_USER_INPUT */
export async function listSubscriptions(
  scope: Scope,
  input: ListSubscriptions,
): Promise<Connection<CurrentSubscription>> {
  const search = input.search?.trim() ?? "";
  if (search.length > 200) throw badInput("search may have 200 characters.");
  const { nodes, pageInfo } = await newestFirst<{ organization_id: string }>(sqlIn(scope.em), input, {
    select: "select s.organization_id from subscriptions s join organizations o on o.id = s.organization_id",
    at: "s.started_at",
    id: "s.organization_id",
    filters: [
      [(p) => `s.plan_code = ${p}`, input.plan],
      [(p) => `s.status = ${p}`, input.status],
      [(p) => `(s.cancel_at is not null) = ${p}::boolean`, input.cancels],
      [
        (p) => `(strpos(lower(o.name), lower(${p})) > 0 or o.id::text = lower(${p})
          or exists (select from stripe_subscriptions t where t.organization_id = o.id and t.stripe_id = ${p}))`,
        search === "" ? null : search,
      ],
    ],
  });
  const loader = subscriptionLoader(scope);
  return { pageInfo, nodes: await Promise.all(nodes.map(({ organization_id }) => loader.load(organization_id))) };
}
