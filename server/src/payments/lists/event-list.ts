import DataLoader from "dataloader";
import { instant, instantOrNull } from "../../platform/database/row.ts";
import { type Sql, sqlIn } from "../../platform/database/sql.ts";
import type { Connection } from "../../platform/graphql/connection.ts";
import { perRequest } from "../../platform/graphql/context.ts";
import type { Scope } from "../../platform/scope.ts";
import { mapPage, newestFirst, type Page } from "./newest-first.ts";
import type { StripeEventState, StripeEventType } from "./stripe-traffic.type.ts";

/** A webhook event as it is kept, without its payload. */
export type StoredEvent = StripeEventType & { readonly organizationId: string | null };

const SELECT = `select e.event_id, e.type, e.api_version, e.object_kind, e.object_id, e.organization_id, e.created_at, e.received_at, e.state, e.attempts,
  e.next_try_at, e.last_error, e.handled_at from stripe_inbox e`;

export type ListEvents = Page & {
  readonly state?: StripeEventState | null;
  readonly type?: string | null;
  readonly organizationId?: string | null;
};

/** Webhook events, the last received first. */
export async function listEvents({ em }: Scope, input: ListEvents): Promise<Connection<StoredEvent>> {
  const rows = await newestFirst<Row>(sqlIn(em), input, {
    select: SELECT,
    at: "e.received_at",
    id: "e.event_id",
    filters: [
      [(p) => `e.state = ${p}`, input.state],
      [(p) => `e.type = ${p}`, input.type],
      [(p) => `e.organization_id = ${p}::uuid`, input.organizationId],
    ],
  });
  return mapPage(rows, eventOf);
}

export async function eventById(sql: Sql, id: string): Promise<StoredEvent | null> {
  const [row] = await sql<Row>(`${SELECT} where e.event_id = $1`, [id]);
  return row ? eventOf(row) : null;
}

/** What the events said, as it came. */
export const payloadLoader = perRequest(
  ({ em }: Scope) =>
    new DataLoader<string, unknown>(async (ids) => {
      const rows = await sqlIn(em)<{ event_id: string; payload: unknown }>(
        "select event_id, payload from stripe_inbox where event_id in (select jsonb_array_elements_text($1::jsonb))",
        [JSON.stringify(ids)],
      );
      const payloads = new Map(rows.map((row) => [row.event_id, row.payload]));
      return ids.map((id) => payloads.get(id) ?? null);
    }),
);

type Row = Record<string, unknown> & {
  event_id: string;
  type: string;
  api_version: string | null;
  object_kind: string;
  object_id: string;
  organization_id: string | null;
  state: StripeEventState;
  attempts: number;
  last_error: string | null;
};

const eventOf = (row: Row): StoredEvent => ({
  id: row.event_id,
  type: row.type,
  apiVersion: row.api_version,
  objectKind: row.object_kind,
  objectId: row.object_id,
  organizationId: row.organization_id,
  state: row.state,
  attempts: row.attempts,
  lastError: row.last_error,
  createdAt: instant(row["created_at"]),
  receivedAt: instant(row["received_at"]),
  nextTryAt: instant(row["next_try_at"]),
  handledAt: instantOrNull(row["handled_at"]),
});
