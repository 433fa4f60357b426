import type { Sql } from "../platform/database/sql.ts";
import type { StoredEvent } from "./stored-event.ts";

type Write = (event: StoredEvent & { contentHash: string }) => string;

const text = (value: string | null): string => (value === null ? "NULL" : `"${value.replace(/["\\]/g, "\\$&")}"`);
const plain = (value: { toString(): string } | null): string => (value === null ? "NULL" : value.toString());
const at = (value: Date): string => `"${value.toISOString()}"`;

/** The columns of the ledger, their types, and how a value is written into the text of an array. */
const columns: readonly (readonly [name: string, type: string, write: Write])[] = [
  ["organization_id", "uuid", (event) => event.organizationId],
  ["id", "uuid", (event) => event.id],
  ["position", "int8", (event) => event.position.toString()],
  ["period_id", "uuid", (event) => event.periodId],
  ["idempotency_key", "text", (event) => text(event.idempotencyKey)],
  ["content_hash", "bytea", (event) => `"\\\\x${event.contentHash}"`],
  ["action", "text", (event) => event.action],
  ["complexity", "text", (event) => plain(event.complexity)],
  ["model", "text", (event) => text(event.model)],
  ["premium", "bool", (event) => plain(event.premium)],
  ["quantity", "int8", (event) => event.quantity.toString()],
  ["compute_time_ms", "int4", (event) => plain(event.computeTimeMs)],
  ["tokens_used", "int4", (event) => plain(event.tokensUsed)],
  ["storage_bytes", "int8", (event) => plain(event.storageBytes)],
  ["cost_nanos", "numeric", (event) => event.costNanos.toString()],
  ["occurred_at", "timestamptz", (event) => at(event.occurredAt)],
  ["recorded_at", "timestamptz", (event) => at(event.recordedAt)],
  ["user_id", "text", (event) => text(event.userId)],
  ["project_id", "text", (event) => text(event.projectId)],
  ["failed", "bool", (event) => plain(event.failed)],
  ["late", "bool", (event) => plain(event.late)],
  ["trial", "bool", (event) => plain(event.trial)],
  ["metadata", "jsonb", (event) => text(event.metadata)],
  ["key_prefix", "text", (event) => text(event.keyPrefix)],
  ["units", "int8", (event) => event.counted.units.toString()],
  ["used_before", "int8", (event) => event.counted.usedBefore.toString()],
  ["included", "int8", (event) => event.counted.included.toString()],
  ["billable", "int8", (event) => event.counted.billable.toString()],
  ["unit_nanos", "int8", (event) => plain(event.counted.unitNanos)],
  ["amount", "numeric", (event) => event.counted.amount.toString()],
  ["compute_units", "int8", (event) => event.compute.units.toString()],
  ["compute_used_before", "int8", (event) => event.compute.usedBefore.toString()],
  ["compute_included", "int8", (event) => event.compute.included.toString()],
  ["compute_billable", "int8", (event) => event.compute.billable.toString()],
  ["compute_unit_nanos", "int8", (event) => plain(event.compute.unitNanos)],
  ["compute_amount", "numeric", (event) => event.compute.amount.toString()],
];

/** The names and types of the ledger's columns, for the benchmark's bare copy of the table. */
export const ledgerColumns = columns.map(([name, type]) => ({ name, type }));

const names = columns.map(([name]) => name).join(", ");
const INSERT = `insert into usage_events (${names}) select * from unnest(${columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(", ")})`;

/** Adds accepted events to the ledger: one statement for the whole batch. */
export async function insertEvents(
  sql: Sql,
  events: readonly (StoredEvent & { contentHash: string })[],
): Promise<void> {
  await sql(INSERT, ledgerArrays(events));
}

/** The batch as one array for each column. */
export const ledgerArrays = (events: readonly (StoredEvent & { contentHash: string })[]): string[] =>
  columns.map(([, , write]) => `{${events.map(write).join(",")}}`);
