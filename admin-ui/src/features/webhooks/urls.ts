import { organizationUrl } from "../organizations/urls";

/** Where an organization's endpoints are listed: a customer's own, or as staff see them. */
export const webhooksUrl = (organizationId?: string): string =>
  organizationId === undefined ? "/app/developers/webhooks" : organizationUrl(organizationId, "webhooks");

/** One endpoint with its log. */
export const webhookUrl = (id: string, organizationId?: string): string =>
  `${webhooksUrl(organizationId)}/${encodeURIComponent(id)}`;
