import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { onTestFinished } from "vitest";
import { startStandIn, type Options, type StandIn } from "../src/stand-in.ts";
import { faultsOfAnswer, faultsOfEvent } from "./contract-faults.ts";

export const SECRET_KEY = "sk_test_local";
export const WEBHOOK_SECRET = "whsec_of_the_tests";

export type World = {
  readonly standIn: StandIn;
  /** The official SDK as it comes, whose answers are compared with the contract. */
  readonly stripe: Stripe;
  readonly hooks: Hooks;
  /** What the contract has against the answers and events so far; one line each, none in a good world. */
  readonly faults: readonly string[];
  /** Asks for one of the controls. */
  readonly local: (method: "GET" | "POST" | "DELETE", path: string, body?: unknown) => Promise<any>;
  /** Goes to an instant (unix seconds) and does all that falls due on the way. */
  readonly advanceTo: (to: number) => Promise<void>;
};

/** Starts a stand-in with an empty state, an endpoint for its webhooks and a client; all gone when the test is over. */
export async function newWorld(options: Partial<Options> = {}): Promise<World> {
  const faults: string[] = [];
  const hooks = await listenForHooks(faults);
  const standIn = await startStandIn({
    file: ":memory:",
    secretKey: SECRET_KEY,
    webhook: { url: hooks.url, secret: WEBHOOK_SECRET },
    report: (error) => faults.push(`the stand-in failed: ${error instanceof Error ? error.stack : String(error)}`),
    ...options,
  });
  onTestFinished(async () => {
    await standIn.close();
    await hooks.close();
  });
  const local: World["local"] = async (method, path, body) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await fetch(`${standIn.url}/_local/${path}`, init);
    const said: any = await answer.json();
    if (!answer.ok) throw new Error(said.error.message);
    return said;
  };
  return {
    standIn,
    stripe: clientOf(standIn, faults),
    hooks,
    faults,
    local,
    advanceTo: async (to) => void (await local("POST", "clock/advance", { to })),
  };
}

/** The SDK, pointed at the stand-in; each answer that it gets goes past the contract first. */
export function clientOf({ port }: StandIn, faults: string[], secretKey = SECRET_KEY): Stripe {
  const look: typeof fetch = async (target, init) => {
    const answer = await fetch(target, init);
    const text = await answer.clone().text();
    const method = init?.method ?? "GET";
    const url = new URL(target instanceof Request ? target.url : target);
    const found = faultsOfAnswer(method, url, answer.status, JSON.parse(text));
    if (!answer.headers.get("request-id")) found.push("no request-id");
    faults.push(...found.map((fault) => `${method} ${url.pathname} ${answer.status}: ${fault}`));
    return answer;
  };
  return new Stripe(secretKey, {
    host: "127.0.0.1",
    port,
    protocol: "http",
    maxNetworkRetries: 0,
    httpClient: Stripe.createFetchHttpClient(look),
  });
}

/** A header of the answer that an object came in; the SDK gives headers as its HTTP client does. */
export function headerOf({ lastResponse }: { lastResponse: { headers: unknown } }, name: string): string | null {
  const { headers } = lastResponse;
  if (headers instanceof Headers) return headers.get(name);
  return (headers as Record<string, string>)[name] ?? null;
}

export type Hooks = {
  readonly url: string;
  /** Each event as often as it came, in the order in which it came. */
  readonly received: Stripe.Event[];
  /** The status of the next answers; 200 when there is none left. */
  readonly answers: number[];
  readonly close: () => Promise<void>;
};

/** A server that takes webhooks: checks signature and contract, and answers as it is told. */
export async function listenForHooks(faults: string[]): Promise<Hooks> {
  const received: Stripe.Event[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (part: string) => (body += part));
    request.on("end", () => {
      const signature = request.headers["stripe-signature"] ?? "";
      try {
        received.push(Stripe.webhooks.constructEvent(body, signature, WEBHOOK_SECRET));
      } catch (error) {
        faults.push(`webhook: ${String(error)}`);
      }
      const event = JSON.parse(body);
      faults.push(...faultsOfEvent(event).map((fault) => `${event.type}: ${fault}`));
      response.writeHead(answers.shift() ?? 200).end("{}");
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/webhooks`, received, answers, close: () => closed(server) };
}

const closed = (server: Server) =>
  new Promise<void>((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
