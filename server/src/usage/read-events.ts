import { arrayOf, instant, whole, wholeOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { MeterCode } from "../rating/meter.ts";
import type { Complexity } from "../rating/rate-card.ts";
import type { Adjustment, UsageEventRating } from "./event-rating.ts";
import type { StoredEvent } from "./stored-event.ts";
import type { UsageAction } from "./usage-event.ts";

export type EventFilter = {
  readonly action?: UsageAction | null;
  readonly complexity?: Complexity | null;
  readonly rating?: UsageEventRating | null;
  readonly late?: boolean | null;
  readonly meter?: MeterCode | null;
  readonly search?: string | null;
  readonly from?: Date | null;
  readonly to?: Date | null;
  /** Only events that count in this period. */
  readonly periodId?: string | null;
};

const NOW = `
  (select coalesce(sum(a.units), 0) as units, coalesce(sum(a.included), 0) as included, coalesce(sum(a.billable), 0) as billable
   from rating_adjustments a where a.organization_id = e.organization_id and a.event_id = e.id)`;
const VOIDED = "exists (select from usage_voids v where v.organization_id = e.organization_id and v.event_id = e.id)";
const COUNTS = `not ${VOIDED} and not e.failed and not e.trial`;
const BILLABLE = `(select e.billable + e.compute_billable + n.billable from ${NOW} n) > 0`;
const OVER = `(select e.units + e.compute_units + n.units - e.included - e.compute_included - n.included - e.billable - e.compute_billable - n.billable from ${NOW} n) > 0`;

const ratingCondition: Readonly<Record<UsageEventRating, string>> = {
  VOIDED,
  FAILED: `not ${VOIDED} and e.failed`,
  TRIAL: `not ${VOIDED} and not e.failed and e.trial`,
  BILLABLE: `${COUNTS} and ${BILLABLE}`,
  OVER_LIMIT: `${COUNTS} and not ${BILLABLE} and ${OVER}`,
  INCLUDED: `${COUNTS} and not ${BILLABLE} and not ${OVER}`,
};

/** Events that a meter bills, now or before they were corrected. */
const meterCondition: Readonly<Record<MeterCode, string>> = {
  generations: "e.action = 'GENERATION' and e.billable > 0",
  api_calls: "e.action = 'API_CALL' and e.billable > 0",
  compute: "e.compute_billable > 0",
  storage: "e.action = 'STORAGE'",
};

/** Events of one organization, newest first by acceptance, those before position `before`. */
export async function readEvents(
  sql: Sql,
  organizationId: string,
  filter: EventFilter,
  limit: number,
  before: bigint | null,
): Promise<StoredEvent[]> {
  const values: unknown[] = [organizationId];
  const conditions = ["e.organization_id = $1"];
  const where = (condition: (parameter: string) => string, value: unknown): void => {
    if (value === null || value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  where((p) => `e.position < ${p}::int8`, before?.toString());
  where((p) => `e.action = ${p}`, filter.action);
  where((p) => `e.complexity = ${p}`, filter.complexity);
  where((p) => `e.late = ${p}`, filter.late);
  where((p) => `starts_with(e.idempotency_key, ${p})`, filter.search);
  where((p) => `e.occurred_at >= ${p}`, filter.from);
  where((p) => `e.occurred_at < ${p}`, filter.to);
  where((p) => `e.period_id = ${p}`, filter.periodId);
  if (filter.meter) conditions.push(meterCondition[filter.meter]);
  if (filter.rating) conditions.push(ratingCondition[filter.rating]);
  values.push(limit);
  const rows = await sql<Row>(
    `select ${COLUMNS} from usage_events e where ${conditions.join(" and ")} order by e.position desc limit $${values.length}`,
    values,
  );
  return rows.map(storedEvent);
}

/** Events by id. */
export async function eventsById(sql: Sql, ids: readonly string[]): Promise<Map<string, StoredEvent>> {
  const rows = await sql<Row>(`select ${COLUMNS} from usage_events e where e.id = any($1::uuid[])`, [arrayOf(ids)]);
  return new Map(rows.map((row) => [row.id, storedEvent(row)]));
}

/** What has changed in the ratings of events since their acceptance, by event id, credits in later periods included. */
export async function adjustmentsOf(sql: Sql, eventIds: readonly string[]): Promise<Map<string, Adjustment[]>> {
  const rows = await sql<Record<string, string>>(
    `select id, event_id, meter, units::text, included::text, billable::text, amount::text, reason, at
     from rating_adjustments where event_id = any($1::uuid[]) order by at, id`,
    [arrayOf(eventIds)],
  );
  const byEvent = new Map<string, Adjustment[]>();
  for (const row of rows) {
    const { id = "", event_id: eventId = "", meter = "", reason = "" } = row;
    const list = byEvent.get(eventId) ?? [];
    byEvent.set(eventId, list);
    list.push({
      id,
      eventId,
      meter,
      reason,
      units: whole(row["units"]),
      included: whole(row["included"]),
      billable: whole(row["billable"]),
      amount: whole(row["amount"]),
      at: instant(row["at"]),
    });
  }
  return byEvent;
}

/** When, why and by whom an event was voided. */
export type UsageVoid = { readonly at: Date; readonly reason: string; readonly by: string };

/** Voids by event id. */
export async function voidsOf(sql: Sql, eventIds: readonly string[]): Promise<Map<string, UsageVoid>> {
  const rows = await sql<{ event_id: string; at: unknown; reason: string; by: string }>(
    "select event_id, at, reason, by from usage_voids where event_id = any($1::uuid[])",
    [arrayOf(eventIds)],
  );
  return new Map(rows.map(({ event_id, at, reason, by }) => [event_id, { at: instant(at), reason, by }]));
}

const COLUMNS = `e.organization_id, e.id, e.position, e.period_id, e.idempotency_key, e.action, e.complexity, e.model, e.premium, e.quantity, e.compute_time_ms,
  e.tokens_used, e.storage_bytes, e.cost_nanos::text, e.occurred_at, e.recorded_at, e.user_id, e.project_id, e.failed, e.late, e.trial, e.metadata::text as metadata, e.key_prefix,
  e.units, e.used_before, e.included, e.billable, e.unit_nanos, e.amount::text,
  e.compute_units, e.compute_used_before, e.compute_included, e.compute_billable, e.compute_unit_nanos, e.compute_amount::text`;

type Row = Record<string, unknown> & {
  organization_id: string;
  id: string;
  period_id: string;
  idempotency_key: string;
  action: UsageAction;
  complexity: Complexity | null;
  model: string | null;
  premium: boolean;
  compute_time_ms: number | null;
  tokens_used: number | null;
  user_id: string | null;
  project_id: string | null;
  failed: boolean;
  late: boolean;
  trial: boolean;
  metadata: string | null;
  key_prefix: string | null;
};

const storedEvent = (row: Row): StoredEvent => ({
  organizationId: row.organization_id,
  id: row.id,
  position: whole(row["position"]),
  periodId: row.period_id,
  idempotencyKey: row.idempotency_key,
  action: row.action,
  complexity: row.complexity,
  model: row.model,
  premium: row.premium,
  quantity: whole(row["quantity"]),
  computeTimeMs: row.compute_time_ms,
  tokensUsed: row.tokens_used,
  storageBytes: wholeOrNull(row["storage_bytes"]),
  costNanos: whole(row["cost_nanos"]),
  occurredAt: instant(row["occurred_at"]),
  recordedAt: instant(row["recorded_at"]),
  userId: row.user_id,
  projectId: row.project_id,
  failed: row.failed,
  late: row.late,
  trial: row.trial,
  metadata: row.metadata,
  keyPrefix: row.key_prefix,
  counted: {
    units: whole(row["units"]),
    usedBefore: whole(row["used_before"]),
    included: whole(row["included"]),
    billable: whole(row["billable"]),
    unitNanos: wholeOrNull(row["unit_nanos"]),
    amount: whole(row["amount"]),
  },
  compute: {
    units: whole(row["compute_units"]),
    usedBefore: whole(row["compute_used_before"]),
    included: whole(row["compute_included"]),
    billable: whole(row["compute_billable"]),
    unitNanos: wholeOrNull(row["compute_unit_nanos"]),
    amount: whole(row["compute_amount"]),
  },
});
