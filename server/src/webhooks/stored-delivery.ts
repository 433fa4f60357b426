import { instant, instantOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { DeliveryState } from "./webhook.entity.ts";
import { messageName } from "./webhook-event.ts";

/** A delivery with its message. */
export type StoredDelivery = {
  readonly id: string;
  readonly organizationId: string;
  readonly endpointId: string;
  readonly messageId: string;
  readonly type: string;
  readonly body: string;
  readonly state: DeliveryState;
  readonly attemptCount: number;
  readonly nextTryAt: Date | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
};

export type DeliveryRow = Record<string, unknown> & {
  readonly id: string;
  readonly organization_id: string;
  readonly endpoint_id: string;
  readonly message_id: string;
  readonly type: string;
  readonly body: string;
  readonly state: DeliveryState;
  readonly attempts: number;
};

/** Selects rows of `webhook_deliveries d`. */
export const SELECT_DELIVERIES = `
  select d.id, d.organization_id, d.endpoint_id, d.message_id, m.type, m.body, d.state, d.attempts, d.next_try_at, d.created_at, d.ended_at
  from webhook_deliveries d join webhook_messages m on m.organization_id = d.organization_id and m.id = d.message_id`;

export const deliveryOf = (row: DeliveryRow): StoredDelivery => ({
  id: row.id,
  organizationId: row.organization_id,
  endpointId: row.endpoint_id,
  messageId: messageName(row.message_id),
  type: row.type,
  body: row.body,
  state: row.state,
  attemptCount: row.attempts,
  nextTryAt: instantOrNull(row["next_try_at"]),
  createdAt: instant(row["created_at"]),
  endedAt: instantOrNull(row["ended_at"]),
});

/** @returns null when the session has no such delivery */
export async function findDelivery(sql: Sql, organizationId: string, id: string): Promise<StoredDelivery | null> {
  const [row] = await sql<DeliveryRow>(`${SELECT_DELIVERIES} where d.organization_id = $1 and d.id = $2`, [
    organizationId,
    id,
  ]);
  return row ? deliveryOf(row) : null;
}
