import { connection } from "./connection";
import { find, ID, type Input, type PageArgs, type Span } from "./world-parts";

/** Where an organization takes news: fields of `Organization`, and the answers about them. */
export function webhooksWorld({ now, start, end }: Span) {
  const endpoint = (number: number, url: string, events: readonly string[]) => ({
    __typename: "WebhookEndpoint",
    id: ID(number),
    url,
    description: "",
    events,
    createdAt: start.toISOString(),
    failingSince: null as string | null,
    disabledAt: null as string | null,
    disabledBecause: null as string | null,
    previousSecretUntil: null as string | null,
    createdBy: { id: ID(1), email: "owner@acme.example" },
    lastDay: { delivered: 12, failed: 1, waiting: 0 },
  });
  let endpoints = [endpoint(70, "https://acme.example/hooks", ["invoice.paid"])];

  const attempt = {
    number: 1,
    at: now.toISOString(),
    status: 500,
    durationMs: 41,
    answer: "broken",
    error: "Answered 500." as string | null,
    headers: [
      { name: "webhook-id", value: "msg_80" },
      { name: "webhook-signature", value: "v1,c2lnbmVk" },
    ],
  };
  let deliveries = [
    {
      __typename: "WebhookDelivery",
      id: ID(80),
      type: "invoice.paid",
      messageId: "msg_80",
      body: '{"type":"invoice.paid"}',
      state: "FAILED",
      attemptCount: 1,
      nextTryAt: null as string | null,
      createdAt: now.toISOString(),
      endedAt: now.toISOString(),
      attempts: [attempt],
      lastAttempt: attempt,
    },
  ];

  const fields = {
    webhookEndpoints: () => endpoints,
    webhookDeliveries: (args: PageArgs & { state?: string | null; type?: string | null }) =>
      connection(
        deliveries.filter(
          ({ state, type }) => (!args.state || state === args.state) && (!args.type || type === args.type),
        ),
        args,
      ),
    webhookDelivery: ({ id }: { id: string }) => deliveries.find((each) => each.id === id) ?? null,
  };

  const answers = {
    createWebhookEndpoint: ({ input }: Input<{ url: string; events: string[]; description: string }>): unknown => {
      const created = { ...endpoint(71 + endpoints.length, input.url, input.events), description: input.description };
      endpoints = [...endpoints, created];
      return { __typename: "WebhookEndpointSecret", endpoint: created, secret: "whsec_s3cret" };
    },
    updateWebhookEndpoint: ({ input }: Input<{ id: string; enabled?: boolean }>): unknown => {
      const { enabled, ...change } = input;
      const off = enabled === false ? { disabledAt: now.toISOString(), disabledBecause: "switched-off" } : {};
      return Object.assign(find(endpoints, input.id), change, off);
    },
    deleteWebhookEndpoint: ({ input }: Input<{ id: string }>): unknown => {
      endpoints = endpoints.filter(({ id }) => id !== input.id);
      return { __typename: "DeletedWebhookEndpoint", id: input.id };
    },
    testWebhookEndpoint: (): unknown => {
      const test = { ...attempt, status: 204, answer: "", error: null };
      const delivery = {
        ...(deliveries[0] as (typeof deliveries)[number]),
        id: ID(81),
        type: "webhook.test",
        messageId: "msg_81",
        body: '{"type":"webhook.test"}',
        state: "DELIVERED",
        attempts: [test],
        lastAttempt: test,
      };
      deliveries = [delivery, ...deliveries];
      return delivery;
    },
    rotateWebhookSecret: ({ input }: Input<{ id: string }>): unknown => ({
      __typename: "WebhookEndpointSecret",
      endpoint: Object.assign(find(endpoints, input.id), { previousSecretUntil: end.toISOString() }),
      secret: "whsec_n3w",
    }),
    revealWebhookSecret: ({ input }: Input<{ id: string }>): unknown => ({
      __typename: "WebhookEndpointSecret",
      endpoint: find(endpoints, input.id),
      secret: "whsec_s3cret",
    }),
    resendWebhook: ({ input }: Input<{ deliveryId: string }>): unknown =>
      Object.assign(find(deliveries, input.deliveryId), { state: "PENDING", nextTryAt: now.toISOString() }),
  };

  return { fields, answers };
}
