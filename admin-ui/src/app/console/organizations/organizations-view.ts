import { STATUSES } from "../../../features/billing/subscription-words";
import type { OrganizationSort, PlanCode, SortDirection, SubscriptionStatus } from "../../../gql/documents";
import { maybeText, oneOf, pageSize, text, type Values } from "../../../lib/url-state";
import type { FilterChip } from "../../../ui/FilterChips";
import type { Sorting } from "../../../ui/Table";

const PLAN_CODES = ["FREE", "STARTER", "PROFESSIONAL", "ENTERPRISE"] as const satisfies readonly PlanCode[];
const STATUS_CODES = [
  "TRIALING",
  "ACTIVE",
  "PAST_DUE",
  "PAUSED",
  "CANCELED",
] as const satisfies readonly SubscriptionStatus[];

export const PLAN_NAMES: Readonly<Record<PlanCode, string>> = {
  FREE: "Free",
  STARTER: "Starter",
  PROFESSIONAL: "Professional",
  ENTERPRISE: "Enterprise",
};

/** Everything about the list that the URL holds. Without a direction each column goes its usual way. */
export const ORGANIZATIONS_URL = {
  search: text(200),
  plan: oneOf(PLAN_CODES, null),
  status: oneOf(STATUS_CODES, null),
  sort: oneOf(["NAME", "PLAN", "OVERAGE", "CREATED_AT"], "CREATED_AT"),
  direction: oneOf(["ASC", "DESC"], null),
  after: maybeText(),
  size: pageSize(),
};

export type OrganizationsView = Values<typeof ORGANIZATIONS_URL>;
export type SetView = (change: Partial<OrganizationsView>, how?: { replace?: boolean; state?: unknown }) => void;

export const NO_FILTER = { search: "", plan: null, status: null } satisfies Partial<OrganizationsView>;

const USUAL: Readonly<Record<OrganizationSort, SortDirection>> = {
  NAME: "ASC",
  PLAN: "DESC",
  OVERAGE: "DESC",
  CREATED_AT: "DESC",
};

const directionOf = ({ sort, direction }: OrganizationsView): SortDirection => direction ?? USUAL[sort];

/** What the API is asked. */
export const variablesOf = (view: OrganizationsView) => ({
  first: view.size,
  after: view.after,
  search: view.search === "" ? null : view.search,
  plan: view.plan,
  status: view.status,
  sort: view.sort,
  direction: directionOf(view),
});

/** A column that is sorted already turns around; another one starts its usual way. */
export function sortedBy(view: OrganizationsView, by: string): Partial<OrganizationsView> {
  const sort = ORGANIZATIONS_URL.sort.read(by) ?? view.sort;
  if (sort !== view.sort) return { sort, direction: null };
  const turned = directionOf(view) === "ASC" ? "DESC" : "ASC";
  return { sort, direction: turned === USUAL[sort] ? null : turned };
}

export const sortingOf = (view: OrganizationsView, setView: SetView): Sorting => ({
  by: view.sort,
  direction: directionOf(view) === "ASC" ? "ascending" : "descending",
  onSort: (by) => setView(sortedBy(view, by)),
});

/** The ways to sort in words, for a phone, where the heads of the columns are not seen. */
export const SORTS = [
  { value: "CREATED_AT", label: "Newest first", change: { sort: "CREATED_AT", direction: null } },
  { value: "NAME", label: "By name", change: { sort: "NAME", direction: null } },
  { value: "PLAN", label: "By plan, largest first", change: { sort: "PLAN", direction: null } },
  { value: "OVERAGE", label: "Most overage first", change: { sort: "OVERAGE", direction: null } },
] as const;

/** The filters in force as words. */
export function chipsOf({ search, plan, status }: OrganizationsView, setView: SetView): FilterChip[] {
  const labels: [keyof typeof NO_FILTER, string | null][] = [
    ["search", search === "" ? null : `"${search}"`],
    ["plan", plan && PLAN_NAMES[plan]],
    ["status", status && STATUSES[status].label],
  ];
  return labels.flatMap(([name, label]) =>
    label === null ? [] : [{ name, label, onRemove: () => setView({ [name]: NO_FILTER[name] }) }],
  );
}
