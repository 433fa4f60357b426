import { beforeAll, describe, expect, test } from "vitest";
import { createPlatform } from "../src/app/create-platform.ts";
import { createHttpServer } from "../src/app/http-server.ts";
import { readConfig } from "../src/platform/config.ts";
import { createLog } from "../src/platform/log.ts";
import { generation } from "./customer.ts";
import { testDatabase } from "./setup/test-database.ts";
import { type Armed, faultOf, json, RECORD, refused, type Sent, serverWith, startArmed } from "./armed.ts";

let armed: Armed;
beforeAll(async () => {
  armed = await startArmed();
});
const send: Armed["send"] = (sent) => armed.send(sent);

describe("in production", () => {
  test("the schema is not told", async () => {
    for (const query of ["{ __schema { types { name } } }", '{ __type(name: "Query") { name } }'])
      expect(faultOf(await send(json({ query })))).toEqual(refused(/introspection/i));
  });

  test.each<{ why: string; sent: Sent }>([
    { why: "a field", sent: json({ query: "{ plan { code } }" }) },
    { why: "an argument", sent: json({ query: "{ organization(ids: 1) { id } }" }) },
    { why: "a type", sent: json({ query: "query($a: UsageFilterInput) { plans { code } }" }) },
    { why: "a value of an enum", sent: json({ query: "{ planVersions(code: STARTE) { number } }" }) },
    {
      why: "a value of an enum in a variable",
      sent: json({
        query: "query($code: PlanCode!) { planVersions(code: $code) { number } }",
        variables: { code: "STARTE" },
      }),
    },
    { why: "a field of an input in a variable", sent: json({ query: RECORD, variables: { input: { event: [] } } }) },
  ])("nobody is helped to guess $why", async ({ sent }) => {
    const response = await send(sent);
    expect(faultOf(response)).toEqual(refused());
    expect(response.body).not.toMatch(/did you mean/i);
  });

  test("there is no explorer", async () => {
    const response = await armed.server.inject({
      method: "GET",
      url: "/graphql",
      headers: { accept: "text/html" },
    });
    expect(response.body).not.toMatch(/altair|graphiql|explorer/i);
  });

  test("errors tell no stack, and quote a request id that the answer's header has too", async () => {
    const response = await send(json({ query: "{ organization(id: 5) { nothing } }" }));
    expect(response.body).not.toMatch(/stacktrace|node_modules|\.ts:/);
    expect(response.json().errors[0].extensions.requestId).toBe(response.headers["x-request-id"]);
  });
});

test("a stranger who asks too often is told when to come again, and is no fault of ours", async () => {
  const limited = await serverWith({ API_LIMITS: "key=2,service=0,address=3" });
  const ask = (token: string | null) =>
    limited.inject({
      method: "POST",
      url: "/graphql",
      headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      payload: JSON.stringify({ query: "{ plans { code } }" }),
      remoteAddress: "192.0.2.7",
    });
  for (const { token, times } of [
    { token: armed.customer.key.token, times: 2 },
    { token: null, times: 3 },
  ]) {
    for (let time = 0; time < times; time += 1) expect((await ask(token)).statusCode).toBe(200);
    const response = await ask(token);
    expect(response.statusCode).toBe(429);
    expect(response.json().errors[0]).toMatchObject({
      extensions: { code: "RATE_LIMITED", retryAfterSeconds: expect.any(Number) },
    });
    expect(response.headers).toMatchObject({
      "ratelimit-limit": times.toString(),
      "ratelimit-remaining": "0",
      "retry-after": expect.stringMatching(/^\d+$/),
    });
  }
});

describe("when the database breaks", () => {
  test("an error of ours is masked, with the id that the log has, and says nothing of the inside", async () => {
    const lines: string[] = [];
    const { url, adminUrl } = await testDatabase();
    const config = readConfig({
      DATABASE_URL: url,
      DATABASE_ADMIN_URL: adminUrl,
      JWT_KEYS: "current:0123456789012345678901234567890123456789",
      NODE_ENV: "production",
    });
    const running = await createPlatform(config);
    const log = Object.assign(createLog("silent"), {
      error: (...line: unknown[]) => void lines.push(JSON.stringify(line)),
    });
    const broken = { ...running.platform, clock: () => new Date(Number.NaN) };
    const server = await createHttpServer(broken, log);
    try {
      const response = await server.inject({
        method: "POST",
        url: "/graphql",
        headers: { "content-type": "application/json", authorization: `Bearer ${armed.customer.key.token}` },
        payload: JSON.stringify({
          query: RECORD,
          variables: { input: { events: [generation({ model: "secret-model" })] } },
        }),
      });
      const requestId = response.headers["x-request-id"];
      expect(response.json()).toEqual({
        data: null,
        errors: [
          {
            message: `Something went wrong on our side. Quote request ${String(requestId)}.`,
            locations: expect.any(Array),
            path: ["recordUsage"],
            extensions: { code: "INTERNAL", requestId },
          },
        ],
      });
      expect(lines.join()).toContain(String(requestId));
      expect(lines.join()).not.toContain(armed.customer.key.token);
    } finally {
      await server.close();
      await running.close();
    }
  });

  test("a database that is away is said to be away, and may be tried again", async () => {
    const running = await createPlatform(
      readConfig({
        DATABASE_URL: "postgres://qlp_api:x@127.0.0.1:1/none",
        DATABASE_ADMIN_URL: "postgres://admin:x@127.0.0.1:1/none",
        JWT_KEYS: "current:0123456789012345678901234567890123456789",
        NODE_ENV: "production",
        STRIPE_SECRET_KEY: "sk_test_none",
      }),
    );
    const server = await createHttpServer(running.platform, createLog("silent"));
    try {
      const response = await server.inject({
        method: "POST",
        url: "/graphql",
        headers: { "content-type": "application/json" },
        payload: JSON.stringify({ query: "{ plans { code } }" }),
      });
      expect(response.json().errors[0]).toMatchObject({ extensions: { code: "UPSTREAM_UNAVAILABLE" } });
      expect(response.body).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|qlp_api/);
      const ready = await server.inject({ method: "GET", url: "/health/ready" });
      expect(ready.statusCode).toBe(503);
      expect((await server.inject({ method: "GET", url: "/health/live" })).statusCode).toBe(200);
    } finally {
      await server.close();
      await running.close();
    }
  });
});
