import type { Feature } from "../platform/feature.ts";
import {
  WebhookAttemptSchema,
  WebhookDeliverySchema,
  WebhookEndpointSchema,
  WebhookMessageSchema,
} from "./webhook.entity.ts";

/** News that goes out to customers' own endpoints. */
export const feature: Feature = {
  entities: [WebhookEndpointSchema, WebhookMessageSchema, WebhookDeliverySchema, WebhookAttemptSchema],
  resolvers: [],
  permissions: {},
};
