import { setTimeout as wait } from "node:timers/promises";
import Stripe from "stripe";

type HttpClient = ReturnType<typeof Stripe.createNodeHttpClient>;

/** How often a request that Stripe had no time for is sent again, and how long after, at most, each time. */
const WAITS_MS = [200, 600, 1_500, 3_000];

const TOO_MANY_REQUESTS = 429;

/**
 * The library's own way to send requests, but for one thing: a 429, which the library takes for an
 * answer, is waited out, longer each time and never equally long for two of us.
 */
export function patientHttpClient(): HttpClient {
  const plain = Stripe.createNodeHttpClient();
  return {
    getClientName: () => plain.getClientName(),
    makeRequest: async (...request) => {
      for (const most of WAITS_MS) {
        const answer = await plain.makeRequest(...request);
        if (answer.getStatusCode() !== TOO_MANY_REQUESTS) return answer;
        answer.dispose?.();
        await wait(most * (0.5 + Math.random() / 2));
      }
      return plain.makeRequest(...request);
    },
  };
}
