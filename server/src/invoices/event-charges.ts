import DataLoader from "dataloader";
import { type Exact, exact } from "../kernel/exact.ts";
import { arrayOf, instant, whole } from "../platform/database/row.ts";
import { type Sql, sqlIn } from "../platform/database/sql.ts";
import { perRequest } from "../platform/graphql/context.ts";
import type { Scope } from "../platform/scope.ts";
import { countedScale, isMeterCode, type MeterCode } from "../rating/meter.ts";
import type { UsageRoute } from "./charge.entity.ts";

/** A usage line that an event is part of, and what the event adds to it. */
export type EventCharge = {
  readonly eventId: string;
  readonly id: string;
  readonly kind: "USAGE" | "CREDIT";
  readonly meter: MeterCode;
  readonly route: UsageRoute;
  readonly state: "PENDING" | "INVOICED" | "EXCLUDED";
  readonly excludedReason: string | null;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly createdAt: Date;
  /** The whole line, in minor units. */
  readonly amountMinor: bigint;
  /** Of it what the event is worth, in nano-units; null for storage, which is rated by the period. */
  readonly share: Exact | null;
  readonly invoiceId: string | null;
  readonly lineId: string | null;
};

/** The charges that events are part of, by event: of the period each counts in, and credits for voids after it. */
export const eventChargeLoader = perRequest(
  ({ em }: Scope) =>
    new DataLoader<string, readonly EventCharge[]>(async (ids) => {
      const byEvent = Map.groupBy(await chargesOfEvents(sqlIn(em), ids), ({ eventId }) => eventId);
      return ids.map((id) => byEvent.get(id) ?? []);
    }),
);

type Row = Record<string, unknown> & {
  event_id: string;
  id: string;
  kind: EventCharge["kind"];
  meter: string;
  share: string | null;
  route: UsageRoute;
  state: EventCharge["state"];
  excluded_reason: string | null;
  invoice_id: string | null;
  line_id: string | null;
};

async function chargesOfEvents(sql: Sql, ids: readonly string[]): Promise<EventCharge[]> {
  const rows = await sql<Row>(SELECT, [arrayOf(ids)]);
  return rows.map((row) => {
    if (!isMeterCode(row.meter)) throw new Error(`no meter ${row.meter}`);
    return {
      eventId: row.event_id,
      id: row.id,
      kind: row.kind,
      meter: row.meter,
      route: row.route,
      state: row.state,
      excludedReason: row.excluded_reason,
      periodStart: instant(row["period_start"]),
      periodEnd: instant(row["period_end"]),
      createdAt: instant(row["created_at"]),
      amountMinor: whole(row["amount_minor"]),
      share: row.share === null || row.meter === "storage" ? null : exact(whole(row.share), countedScale[row.meter]),
      invoiceId: row.invoice_id,
      lineId: row.line_id,
    };
  });
}

const SELECT = `
  with e as (select * from usage_events where id = any($1::uuid[])),
  parts as (
    select organization_id, id, period_id, case action when 'GENERATION' then 'generations' else 'api_calls' end as meter, amount
    from e where action in ('GENERATION', 'API_CALL') and units > 0
    union all
    select organization_id, id, period_id, 'compute', compute_amount from e where compute_units > 0
    union all
    select organization_id, id, period_id, 'storage', null from e where action = 'STORAGE'),
  owed as (
    select p.*, 'USAGE' as kind, p.amount + coalesce((select sum(a.amount) from rating_adjustments a
        where a.organization_id = p.organization_id and a.event_id = p.id and a.meter = p.meter and not a.credit), 0) as share
    from parts p
    union all
    select a.organization_id, a.event_id, a.period_id, a.meter, sum(a.amount), 'CREDIT', sum(a.amount)
    from e join rating_adjustments a on a.organization_id = e.organization_id and a.event_id = e.id
    where a.credit group by a.organization_id, a.event_id, a.period_id, a.meter)
  select o.id as event_id, o.kind, o.meter, o.share::text as share, c.id, c.route, c.state, c.excluded_reason, c.period_start, c.period_end,
    c.created_at, c.amount_minor::text as amount_minor, c.invoice_id, l.id as line_id
  from owed o
  join usage_charges c on c.organization_id = o.organization_id and c.billing_period_id = o.period_id and c.meter = o.meter and c.kind = o.kind
  left join invoice_lines l on l.organization_id = c.organization_id and l.invoice_id = c.invoice_id and l.charge_id = c.id
  order by c.created_at, o.kind desc, o.meter`;
