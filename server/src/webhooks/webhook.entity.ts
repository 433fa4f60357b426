import { defineEntity, p } from "@mikro-orm/postgresql";
import { tenantTable } from "../platform/database/policies.ts";
import type { WebhookEventType } from "./webhook-event.ts";

/** PENDING: its next try waits or runs. FAILED: all tries were made; it waits to be sent again by hand. */
export const DeliveryState = { PENDING: "PENDING", DELIVERED: "DELIVERED", FAILED: "FAILED" } as const;
export type DeliveryState = (typeof DeliveryState)[keyof typeof DeliveryState];

const WebhookEndpointSchema = defineEntity({
  name: "WebhookEndpoint",
  tableName: "webhook_endpoints",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    url: p.text(),
    description: p.text(),
    events: p.array<WebhookEventType>((event) => event as WebhookEventType),
    /** What its messages are signed with, sealed for this endpoint. */
    secret: p.text(),
    /** The secret before the last rotation, which signs beside the present one until `previousUntil`. */
    previousSecret: p.text().nullable(),
    previousUntil: p.datetime().nullable(),
    createdBy: p.uuid().nullable(),
    createdAt: p.datetime(),
    /** Since when no try has succeeded; null while the last one did. */
    failingSince: p.datetime().nullable(),
    /** Since when it lets us wait: its messages go out beside those of other slow ones. */
    slowSince: p.datetime().nullable(),
    /** Nothing is sent to it, and nothing is kept for it. */
    disabledAt: p.datetime().nullable(),
    disabledBecause: p.text().nullable().$type<"switched-off" | "failing" | "gone" | null>(),
  },
});

/** Where a customer takes news. All times are real ones. */
export class WebhookEndpoint extends WebhookEndpointSchema.class {}
WebhookEndpointSchema.setClass(WebhookEndpoint);

/** News as it goes out: the same bytes to every endpoint, and in every try. */
const WebhookMessageSchema = defineEntity({
  name: "WebhookMessage",
  tableName: "webhook_messages",
  ...tenantTable,
  uniques: [{ properties: ["organizationId", "key"] }],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    /** The happening it tells of: told once. */
    key: p.text(),
    type: p.text().$type<WebhookEventType>(),
    body: p.text(),
    createdAt: p.datetime(),
  },
});

/** One message on its way to one endpoint. */
const WebhookDeliverySchema = defineEntity({
  name: "WebhookDelivery",
  tableName: "webhook_deliveries",
  ...tenantTable,
  uniques: [{ properties: ["organizationId", "messageId", "endpointId"] }],
  indexes: [
    { properties: ["organizationId", "endpointId", "id"] },
    { name: "webhook_deliveries_ended", properties: ["endedAt"], where: "state <> 'PENDING'" },
  ],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    messageId: p.uuid(),
    endpointId: p.uuid(),
    state: p.text().$type<DeliveryState>(),
    /** Tries of all rounds; sending again by hand begins a new round. */
    attempts: p.integer(),
    triesInRound: p.integer(),
    nextTryAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    endedAt: p.datetime().nullable(),
  },
});

/** One try, and what came of it. */
const WebhookAttemptSchema = defineEntity({
  name: "WebhookAttempt",
  tableName: "webhook_attempts",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    deliveryId: p.uuid().primary(),
    /** From 1 on. */
    number: p.integer().primary(),
    at: p.datetime(),
    durationMs: p.integer(),
    /** The request's, as they were sent: the signature is of this try. */
    headers: p.json<Readonly<Record<string, string>>>(),
    /** The answer's code; null when none came. */
    status: p.integer().nullable(),
    /** The start of the answer's body. */
    answer: p.text().nullable(),
    /** Why it counts as failed; null for a success. */
    error: p.text().nullable(),
  },
});

export { WebhookAttemptSchema, WebhookDeliverySchema, WebhookEndpointSchema, WebhookMessageSchema };
