/** Where a customer's endpoints are listed. */
export const webhooksUrl = (): string => "/app/developers/webhooks";

/** One endpoint with its log. */
export const webhookUrl = (id: string): string => `${webhooksUrl()}/${encodeURIComponent(id)}`;
