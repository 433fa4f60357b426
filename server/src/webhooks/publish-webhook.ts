import { systemClock } from "../kernel/clock.ts";
import type { Sql } from "../platform/database/sql.ts";
import { newId } from "../platform/id.ts";
import { enqueueDeliveries } from "./enqueue-deliveries.ts";
import { bodyOf, type WebhookEvent } from "./webhook-event.ts";

/**
 * Puts an event for the organization's endpoints into the outbox, in the caller's transaction; the
 * same key again changes nothing.
 *
 * Nothing is kept when no endpoint has chosen it, which costs one look into an index.
 */
export const publishWebhook = (sql: Sql, event: WebhookEvent): Promise<void> => publishWebhooks(sql, [event]);

/** Publishes events of one or many organizations: a constant number of statements, however many they are. */
export async function publishWebhooks(sql: Sql, events: readonly WebhookEvent[]): Promise<void> {
  if (events.length === 0) return;
  const listening = await endpointsFor(sql, events);
  if (listening.length === 0) return;
  const heard = events.filter((event) => listening.some((endpoint) => hears(endpoint, event)));
  const messages = await insertMessages(sql, heard);
  const deliveries = messages.flatMap(({ event, id: messageId }) =>
    listening
      .filter((endpoint) => hears(endpoint, event))
      .map(({ organizationId, endpointId, slow }) => ({ organizationId, id: newId(), messageId, endpointId, slow })),
  );
  await sendToEndpoints(sql, deliveries);
}

type Listening = {
  readonly organizationId: string;
  readonly endpointId: string;
  readonly type: string;
  readonly slow: boolean;
};

const hears = ({ organizationId, type }: Listening, event: WebhookEvent): boolean =>
  event.organizationId === organizationId && event.type === type;

/** Endpoints that have chosen one of the events, once for each type. */
const endpointsFor = (sql: Sql, events: readonly WebhookEvent[]): Promise<Listening[]> =>
  sql<Listening>(
    `select distinct e.organization_id as "organizationId", e.id as "endpointId", r.type, e.slow_since is not null as slow
     from json_to_recordset($1::json) as r (organization_id uuid, type text)
     join webhook_endpoints e on e.organization_id = r.organization_id and r.type = any(e.events)
     where e.disabled_at is null`,
    [JSON.stringify(events.map(({ organizationId, type }) => ({ organization_id: organizationId, type })))],
  );

export type NewMessage = { readonly id: string; readonly event: WebhookEvent };

/** @returns those that are new: a key that was told before is left out */
export async function insertMessages(sql: Sql, events: readonly WebhookEvent[]): Promise<NewMessage[]> {
  const messages = events.map((event) => ({ id: newId(), event }));
  const rows = await sql<{ id: string }>(
    `insert into webhook_messages (organization_id, id, key, type, body, created_at)
     select organization_id, id, key, type, body, $2 from json_to_recordset($1::json)
       as r (organization_id uuid, id uuid, key text, type text, body text)
     on conflict (organization_id, key) do nothing returning id`,
    [
      JSON.stringify(
        messages.map(({ id, event }) => ({
          organization_id: event.organizationId,
          id,
          key: event.key,
          type: event.type,
          body: bodyOf(event),
        })),
      ),
      systemClock(),
    ],
  );
  const inserted = new Set(rows.map((row) => row.id));
  return messages.filter(({ id }) => inserted.has(id));
}

type NewDelivery = {
  readonly organizationId: string;
  readonly id: string;
  readonly messageId: string;
  readonly endpointId: string;
  readonly slow: boolean;
};

/** One job for each endpoint and message, in the transaction that writes the deliveries. */
export async function sendToEndpoints(sql: Sql, deliveries: readonly NewDelivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  await sql(
    `insert into webhook_deliveries (organization_id, id, message_id, endpoint_id, state, attempts, tries_in_round, next_try_at, created_at)
     select organization_id, id, message_id, endpoint_id, 'PENDING', 0, 0, $2, $2
     from json_to_recordset($1::json) as r (organization_id uuid, id uuid, message_id uuid, endpoint_id uuid)`,
    [
      JSON.stringify(
        deliveries.map(({ organizationId, id, messageId, endpointId }) => ({
          organization_id: organizationId,
          id,
          message_id: messageId,
          endpoint_id: endpointId,
        })),
      ),
      systemClock(),
    ],
  );
  await enqueueDeliveries(
    sql,
    deliveries.map((delivery) => ({ ...delivery, attempt: 1 })),
  );
}
