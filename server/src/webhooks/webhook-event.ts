/** What an endpoint may be told of. A test message goes to an endpoint whatever it has chosen. */
export const chosenEvents = [
  "usage.alert",
  "spending_cap.alert",
  "hold.expired",
  "subscription.updated",
  "invoice.issued",
  "invoice.paid",
  "invoice.payment_failed",
  "invoice.voided",
] as const;

export type WebhookEventType = (typeof chosenEvents)[number] | "webhook.test";

/** Something that happened to an organization. */
export type WebhookEvent = {
  readonly organizationId: string;
  readonly type: WebhookEventType;
  /** Names the happening within the organization, such as `invoice.paid:<id>`. */
  readonly key: string;
  /** When it happened, by the product's clock. */
  readonly at: Date;
  readonly data: object;
};

/**
 * The body that receivers get.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md payload structure
 */
export const bodyOf = ({ organizationId, type, at, data }: WebhookEvent): string =>
  JSON.stringify({ type, timestamp: at.toISOString(), organizationId, data });

/** A message's name for its receivers, by which they know one that came twice. */
export const messageName = (id: string): string => `msg_${id.replaceAll("-", "")}`;
