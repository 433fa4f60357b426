import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { expect } from "vitest";
import { createPlatform } from "../src/app/create-platform.ts";
import { createHttpServer } from "../src/app/http-server.ts";
import { readConfig } from "../src/platform/config.ts";
import { createLog } from "../src/platform/log.ts";
import { type Customer, generation, newCustomer } from "./customer.ts";
import { afterFile } from "./setup/after-file.ts";
import { testDatabase } from "./setup/test-database.ts";
import { newWorld } from "./world.ts";

/** The same product as an operator runs it, and a customer of it. */
export type Armed = {
  readonly server: FastifyInstance;
  readonly customer: Customer;
  /** Sends what a stranger might, with the customer's key. */
  readonly send: (sent: Sent) => Promise<LightMyRequestResponse>;
};

export type Sent = {
  readonly payload: string | Buffer;
  readonly headers?: Record<string, string>;
  readonly method?: "GET" | "POST" | "PUT";
  readonly url?: string;
};

/** With NODE_ENV=production, until the file is over. */
export async function startArmed(): Promise<Armed> {
  const customer = await newCustomer(await newWorld(), "2026-03-01T00:00:00.000Z");
  customer.world.setClock(null);
  const server = await serverWith({ NODE_ENV: "production", PUBLIC_URL: "https://qlp.example" });
  return {
    server,
    customer,
    send: ({ payload, headers, method = "POST", url = "/graphql" }) =>
      server.inject({
        method,
        url,
        headers: { "content-type": "application/json", authorization: `Bearer ${customer.key.token}`, ...headers },
        payload,
      }),
  };
}

/** One more server on the file's database, until the file is over. */
export async function serverWith(environment: Record<string, string>): Promise<FastifyInstance> {
  const { url, adminUrl } = await testDatabase();
  const config = readConfig({
    DATABASE_URL: url,
    DATABASE_ADMIN_URL: adminUrl,
    JWT_KEYS: "current:0123456789012345678901234567890123456789",
    API_LIMITS: "key=0,service=0,address=0",
    ...environment,
  });
  const running = await createPlatform(config);
  const server = await createHttpServer(running.platform, createLog("silent"));
  afterFile(async () => {
    await server.close();
    await running.close();
  });
  return server;
}

export const json = (value: unknown): Sent => ({ payload: JSON.stringify(value) });

/** The first fault of an answer, and whether it quotes the request's id. */
export function faultOf(response: LightMyRequestResponse) {
  const { errors, data } = response.json<{
    errors?: { message: string; extensions: { code: string; requestId: string } }[];
    data?: unknown;
  }>();
  const { code, requestId } = errors?.[0]?.extensions ?? {};
  return {
    status: response.statusCode,
    data: data ?? null,
    code,
    message: errors?.[0]?.message,
    quoted: requestId === response.headers["x-request-id"],
  };
}

/** A fault of the caller's: said as such, with an id to quote, and nothing broken on our side. */
export const refused = (words = /./, status = 400) => ({
  status,
  data: null,
  code: "BAD_USER_INPUT",
  message: expect.stringMatching(words),
  quoted: true,
});

export const RECORD = `mutation($input: RecordUsageInput!) { recordUsage(input: $input) { accepted rejected outcomes { status reason } } }`;

export const report = (change: object): Sent =>
  json({ query: RECORD, variables: { input: { events: [{ ...generation(), ...change }] } } });

/** Metadata of objects in objects, written as text: JavaScript could not write so deep an object. */
export const deep = (depth: number): Sent => ({
  payload: report({ metadata: "@" })
    .payload.toString()
    .replace('"@"', `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`),
});
