import DataLoader from "dataloader";
import { planById } from "../catalog/read-catalog.ts";
import { arrayOf, instant } from "../platform/database/row.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { perRequest } from "../platform/graphql/context.ts";
import type { Scope } from "../platform/scope.ts";
import { type TimelineEntry, type TimelineEvent, timelineActions, timelineOf } from "./subscription-timeline.ts";

/** So much of a subscription's past is told. */
const MOST_EVENTS = 50;

type EntryRow = Omit<TimelineEntry, "at"> & { readonly organization_id: string; readonly at: unknown };
type StartRow = {
  readonly organization_id: string;
  readonly id: string;
  readonly at: unknown;
  readonly version: string;
};

/** Timelines by organization: two statements, however many are asked for. */
export const subscriptionTimelineLoader = perRequest(
  (scope: Scope) =>
    new DataLoader<string, TimelineEvent[]>(async (organizationIds) => {
      const sql = sqlIn(scope.em);
      const ids = arrayOf(organizationIds);
      const entries = await sql<EntryRow>(ENTRIES, [ids, arrayOf(timelineActions), MOST_EVENTS]);
      const starts = await sql<StartRow>(STARTS, [ids, MOST_EVENTS]);
      const named = await Promise.all(
        starts.map(async ({ organization_id, id, at, version }) => {
          const { code, terms } = await planById(sql, version);
          return { organization_id, id, at: instant(at), plan: terms.name, free: code === "free" };
        }),
      );
      return organizationIds.map((id) => {
        const own = entries.filter(({ organization_id }) => organization_id === id);
        return timelineOf(
          own.map((entry) => ({ ...entry, at: instant(entry.at) })),
          named.filter(({ organization_id }) => organization_id === id),
        ).slice(0, MOST_EVENTS);
      });
    }),
);

const ENTRIES = `
  select a.organization_id, a.id, a.at, a.action, a.actor, a.actor_kind as "actorKind", a.staff, a.target, a.detail
  from unnest($1::uuid[]) as o (id) cross join lateral (
    select * from audit_entries where organization_id = o.id and action = any($2::text[]) order by at desc, id desc limit $3) a`;

const STARTS = `
  select p.organization_id, p.id, p.start_at as at, p.plan_version_id as version
  from unnest($1::uuid[]) as o (id) cross join lateral (
    select organization_id, id, start_at, plan_version_id,
      lag(plan_version_id) over (order by start_at) as before from billing_periods where organization_id = o.id) p
  where p.before is distinct from p.plan_version_id order by p.start_at desc limit $2`;
