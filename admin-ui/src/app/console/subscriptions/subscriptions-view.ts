import { STATUSES } from "../../../features/billing/subscription-words";
import type { PlanCode, SubscriptionStatus } from "../../../gql/documents";
import { maybeText, oneOf, pageSize, text, type UrlState, type Values } from "../../../lib/url-state";
import type { FilterChip } from "../../../ui/FilterChips";
import { PLAN_NAMES } from "../organizations/organizations-view";

const PLANS = ["FREE", "STARTER", "PROFESSIONAL", "ENTERPRISE"] as const satisfies readonly PlanCode[];
const CODES = ["TRIALING", "ACTIVE", "PAST_DUE", "PAUSED", "CANCELED"] as const satisfies readonly SubscriptionStatus[];

/** What the URL of the list of subscriptions holds. */
export const SUBSCRIPTIONS_URL = {
  search: text(200),
  plan: oneOf(PLANS, null),
  status: oneOf(CODES, null),
  cancels: oneOf(["yes", "no"], null),
  after: maybeText(),
  size: pageSize(),
};

export type SubscriptionsView = Values<typeof SUBSCRIPTIONS_URL>;
export type SetView = UrlState<typeof SUBSCRIPTIONS_URL>["setView"];

export const NO_FILTER = { search: "", plan: null, status: null, cancels: null } satisfies Partial<SubscriptionsView>;

export const CANCELS = { yes: "Will end", no: "Goes on" } as const;

/** What the API is asked. */
export const variablesOf = ({ size, after, search, plan, status, cancels }: SubscriptionsView) => ({
  first: size,
  after,
  search: search === "" ? null : search,
  plan,
  status,
  cancels: cancels === null ? null : cancels === "yes",
});

/** The filters in force as words. */
export function chipsOf({ search, plan, status, cancels }: SubscriptionsView, setView: SetView): FilterChip[] {
  const labels: [keyof typeof NO_FILTER, string | null][] = [
    ["search", search === "" ? null : `"${search}"`],
    ["plan", plan && PLAN_NAMES[plan]],
    ["status", status && STATUSES[status].label],
    ["cancels", cancels && CANCELS[cancels]],
  ];
  return labels.flatMap(([name, label]) =>
    label === null ? [] : [{ name, label, onRemove: () => setView({ [name]: NO_FILTER[name] }) }],
  );
}
