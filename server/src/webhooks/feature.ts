import { allow } from "graphql-shield";
import type { Feature } from "../platform/feature.ts";
import { may } from "../platform/graphql/may.ts";
import {
  WebhookAttemptSchema,
  WebhookDeliverySchema,
  WebhookEndpointSchema,
  WebhookMessageSchema,
} from "./webhook.entity.ts";
import { deliverJob, deliverSlowlyJob, forgetDeliveriesJob } from "./webhook.job.ts";
import { OrganizationWebhooksResolver, WebhookDeliveryResolver, WebhookEndpointResolver } from "./webhook.resolver.ts";

/** News that goes out to customers' own endpoints. Who manages keys manages these too. */
export const feature: Feature = {
  entities: [WebhookEndpointSchema, WebhookMessageSchema, WebhookDeliverySchema, WebhookAttemptSchema],
  resolvers: [WebhookEndpointResolver, WebhookDeliveryResolver, OrganizationWebhooksResolver],
  permissions: {
    Mutation: {
      createWebhookEndpoint: may("keys:write"),
      updateWebhookEndpoint: may("keys:write"),
      deleteWebhookEndpoint: may("keys:write"),
      revealWebhookSecret: may("keys:write"),
      rotateWebhookSecret: may("keys:write"),
      testWebhookEndpoint: may("keys:write"),
      resendWebhook: may("keys:write"),
    },
    Organization: {
      webhookEndpoints: may("keys:read", "staff:read"),
      webhookDeliveries: may("keys:read", "staff:read"),
      webhookDelivery: may("keys:read", "staff:read"),
    },
    WebhookEndpoint: allow,
    WebhookEndpointSecret: allow,
    DeletedWebhookEndpoint: allow,
    WebhookDay: allow,
    WebhookDelivery: allow,
    WebhookDeliveryConnection: allow,
    WebhookAttempt: allow,
    WebhookHeader: allow,
    WebhookUrlRefused: allow,
    UnknownWebhookEvent: allow,
    TooManyWebhookEndpoints: allow,
    WebhookEndpointDisabled: allow,
  },
  jobs: [deliverJob, deliverSlowlyJob, forgetDeliveriesJob],
};
