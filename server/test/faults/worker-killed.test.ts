import { expect, test } from "vitest";
import { testDatabase } from "../setup/test-database.ts";
import { startReceiver } from "../webhook-receiver.ts";
import { startProduct } from "./product.ts";
import { ask } from "./reporter.ts";

/** An instance that delivers webhooks, also to this machine. */
const start = (databaseUrl: string) =>
  startProduct({
    databaseUrl,
    role: "all",
    environment: { WEBHOOKS_ALLOW_LOOPBACK: "1", MASTER_KEYS: "m1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=" },
  });

test(
  "what an instance was about to do when it was killed is done by the one beside it",
  { timeout: 180_000 },
  async () => {
    const { adminUrl: databaseUrl } = await testDatabase();
    const receiver = await startReceiver();
    const [one, other] = [await start(databaseUrl), await start(databaseUrl)];
    const { signUp } = await ask(
      one.url,
      null,
      `mutation { signUp(input: { email: "owner@killed.example", password: "correct horse battery", organizationName: "Killed" }) { ... on Session { token } } }`,
    );
    const { createWebhookEndpoint } = await ask(
      one.url,
      signUp.token,
      `mutation ($url: String!) { createWebhookEndpoint(input: { url: $url, events: ["hold.expired"] }) { ... on WebhookEndpointSecret { endpoint { id } } } }`,
      { url: receiver.url },
    );
    const { id } = createWebhookEndpoint.endpoint;
    try {
      // Only the first can take it up; the receiver never answers, so it is in the middle of it.
      other.process.kill("SIGSTOP");
      receiver.answer = () => undefined;
      const TEST = `mutation ($id: ID!) { testWebhookEndpoint(input: { id: $id }) { __typename } }`;
      await ask(one.url, signUp.token, TEST, { id });
      await expect.poll(() => receiver.received, { timeout: 10_000 }).toHaveLength(1);
      receiver.answer = (response) => void response.writeHead(200).end();
      await one.kill();
      other.process.kill("SIGCONT");
      await expect.poll(() => receiver.received, { timeout: 60_000 }).toHaveLength(2);
      const [first, again] = receiver.received;
      expect(again?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
      await expect
        .poll(async () => {
          const { organization } = await ask(
            other.url,
            signUp.token,
            "{ organization { id webhookDeliveries { nodes { state attemptCount } } } }",
          );
          return organization.webhookDeliveries.nodes;
        })
        .toEqual([{ state: "DELIVERED", attemptCount: 1 }]);
    } finally {
      await Promise.all([one.stop(), other.stop()]);
    }
  },
);
