import type { Organization } from "../organizations/organization.entity.ts";
import { instant } from "../platform/database/row.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { decodeCursor, encodeCursor, pageOf, pageSize, type Connection } from "../platform/graphql/connection.ts";
import { badInput } from "../platform/graphql/errors.ts";
import type { Scope } from "../platform/scope.ts";
import type { PlanCode } from "../catalog/plan-terms.ts";
import type { SubscriptionStatus } from "../subscriptions/subscription.entity.ts";

export type OrganizationSort = "NAME" | "CREATED_AT" | "PLAN" | "OVERAGE";

export type ListOrganizations = {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly search?: string | null;
  readonly plan?: PlanCode | null;
  readonly status?: SubscriptionStatus | null;
  readonly sort?: OrganizationSort | null;
  readonly direction?: "ASC" | "DESC" | null;
};

/** What a list is sorted by, as text that compares like the value; the id breaks ties. */
const sortKey: Readonly<Record<OrganizationSort, string>> = {
  NAME: "lower(o.name)",
  CREATED_AT: "to_char(o.created_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS')",
  PLAN: "array_position(array['free','starter','professional','enterprise'], s.plan_code)::text",
  // Whole nano-units of the counted meters' overage in the current period.
  OVERAGE: `lpad(coalesce((select trunc(sum(t.amount / case when t.meter = 'compute' then 60000 else 1 end)) from usage_totals t
    where t.organization_id = o.id and t.period_id = s.current_period_id and t.meter <> 'storage'), 0)::text, 40, '0')`,
};

const defaultDirection: Readonly<Record<OrganizationSort, "ASC" | "DESC">> = {
  NAME: "ASC",
  CREATED_AT: "DESC",
  PLAN: "DESC",
  OVERAGE: "DESC",
};

/** Organizations for staff: searched, filtered, sorted and paged, with how many there are in all. */
export async function listOrganizations(
  scope: Scope,
  input: ListOrganizations,
): Promise<Connection<Organization> & { totalCount: number }> {
  const size = pageSize(input.first);
  const sort = input.sort ?? "CREATED_AT";
  const descending = (input.direction ?? defaultDirection[sort]) === "DESC";
  const search = input.search?.trim() ?? "";
  if (search.length > 200) throw badInput("search may have 200 characters.");

  const after = decodeCursor(input.after, 2);
  const filters = `($1 = '' or o.name ilike $2 or o.id::text = lower($1)) and ($3::text is null or s.plan_code = $3) and ($4::text is null or s.status = $4)`;
  const values = [search, `%${search.replace(/[\\%_]/g, "\\$&")}%`, input.plan ?? null, input.status ?? null];
  const sql = sqlIn(scope.em);
  const [[count], rows] = await Promise.all([
    sql<{ count: number }>(
      `select count(*)::int as count from organizations o join subscriptions s on s.organization_id = o.id where ${filters}`,
      values,
    ),
    sql<{ id: string; name: string; created_at: unknown; key: string }>(
      `select * from (
         select o.id, o.name, o.created_at, ${sortKey[sort]} collate "C" as key from organizations o join subscriptions s on s.organization_id = o.id where ${filters}) l
       where $5::text is null or (l.key, l.id::text) ${descending ? "<" : ">"} ($5::text collate "C", $6::text)
       order by l.key ${descending ? "desc" : "asc"}, l.id::text ${descending ? "desc" : "asc"} limit $7`,
      [...values, after?.[0] ?? null, after?.[1] ?? null, size + 1],
    ),
  ]);
  const page = pageOf(rows, size, input.after, ({ key, id }) => encodeCursor([key, id]));
  return {
    ...page,
    nodes: page.nodes.map(({ id, name, created_at }) => ({ id, name, createdAt: instant(created_at) })),
    totalCount: count?.count ?? 0,
  };
}
