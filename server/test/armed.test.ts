import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPlatform, type RunningPlatform } from "../src/app/create-platform.ts";
import { createHttpServer } from "../src/app/http-server.ts";
import { readConfig } from "../src/platform/config.ts";
import { createLog } from "../src/platform/log.ts";
import { type Customer, generation, newCustomer } from "./customer.ts";
import { testDatabase } from "./setup/test-database.ts";
import { newWorld } from "./world.ts";

/** The same product as an operator runs it: with NODE_ENV=production. */
let production: { running: RunningPlatform; server: FastifyInstance };
let customer: Customer;

beforeAll(async () => {
  customer = await newCustomer(await newWorld(), "2026-03-01T00:00:00.000Z");
  customer.world.setClock(null);
  production = await serverWith({ NODE_ENV: "production", PUBLIC_URL: "https://qlp.example" });
});

async function serverWith(environment: Record<string, string>) {
  const { url, adminUrl } = await testDatabase();
  const config = readConfig({
    DATABASE_URL: url,
    DATABASE_ADMIN_URL: adminUrl,
    JWT_KEYS: "current:0123456789012345678901234567890123456789",
    API_LIMITS: "key=0,service=0,address=0",
    ...environment,
  });
  const running = await createPlatform(config);
  return { running, server: await createHttpServer(running.platform, createLog("silent")) };
}

afterAll(async () => {
  await production.server.close();
  await production.running.close();
});

type Sent = {
  readonly payload: string | Buffer;
  readonly headers?: Record<string, string>;
  readonly method?: "GET" | "POST" | "PUT";
  readonly url?: string;
};

/** Sends what a stranger might, with the customer's key. */
const send = ({ payload, headers, method = "POST", url = "/graphql" }: Sent): Promise<LightMyRequestResponse> =>
  production.server.inject({
    method,
    url,
    headers: { "content-type": "application/json", authorization: `Bearer ${customer.key.token}`, ...headers },
    payload,
  });

const json = (value: unknown): Sent => ({ payload: JSON.stringify(value) });

/** The first fault of an answer, and whether it quotes the request's id. */
function faultOf(response: LightMyRequestResponse) {
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
const refused = (words = /./, status = 400) => ({
  status,
  data: null,
  code: "BAD_USER_INPUT",
  message: expect.stringMatching(words),
  quoted: true,
});

const nested = (depth: number): string =>
  `{ organization { ${"usageEvents(first: 1) { nodes { organization { ".repeat(depth)} id ${"} } }".repeat(depth)} } }`;
const RECORD = `mutation($input: RecordUsageInput!) { recordUsage(input: $input) { accepted rejected outcomes { status reason } } }`;
/** Metadata of objects in objects, written as text: JavaScript could not write so deep an object. */
const deep = (depth: number): Sent => ({
  payload: report({ metadata: "@" })
    .payload.toString()
    .replace('"@"', `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`),
});
const report = (change: object): Sent =>
  json({ query: RECORD, variables: { input: { events: [{ ...generation(), ...change }] } } });

describe("an operation that asks for too much is refused before anything runs", () => {
  test.each<{ why: string; sent: Sent; words: RegExp }>([
    { why: "depth", sent: json({ query: nested(6) }), words: /depth/i },
    {
      why: "aliases",
      sent: json({ query: `{ ${Array.from({ length: 31 }, (_, index) => `a${index}: plans { code }`).join(" ")} }` }),
      words: /alias/i,
    },
    {
      why: "directives",
      sent: json({ query: `{ plans { code ${"@include(if: true) ".repeat(60)} } }` }),
      words: /directive/i,
    },
    { why: "tokens", sent: json({ query: `{ ${"plans { code } ".repeat(2_000)} }` }), words: /token/i },
    {
      why: "tokens in a list of lists",
      sent: json({ query: `{ organization(id: ${"[".repeat(100_000)}) { id } }` }),
      words: /./,
    },
    {
      why: "cost",
      sent: json({
        query: `{ organization { usageEvents(first: 100) { nodes { organization { usageEvents(first: 100) { nodes { id idempotencyKey amount { amount } } } } } } } }`,
      }),
      words: /costs \d+/,
    },
    {
      why: "cost by a variable",
      sent: json({
        query: `query($n: Int) { organization { usageEvents(first: $n) { nodes { organization { usageEvents(first: $n) { nodes { id amount { amount } } } } } } } }`,
        variables: { n: 100 },
      }),
      words: /costs \d+/,
    },
    {
      why: "cost in a fragment",
      sent: json({
        query: `{ organization { usageEvents(first: 100) { nodes { ...all } } } } fragment all on UsageEvent { organization { usageEvents(first: 100) { nodes { id amount { amount } } } } }`,
      }),
      words: /costs \d+/,
    },
    {
      why: "a large page",
      sent: json({ query: `{ organization { usageEvents(first: 101) { nodes { id } } } }` }),
      words: /first must be from 1 to 100/,
    },
    {
      why: "a large page by a variable",
      sent: json({
        query: `query($n: Int) { organization { usageEvents(first: $n) { nodes { id } } } }`,
        variables: { n: 1_000_000 },
      }),
      words: /first must be from 1 to 100/,
    },
    {
      why: "a large page by a default",
      sent: json({ query: `query($n: Int = 5000) { organization { usageEvents(first: $n) { nodes { id } } } }` }),
      words: /first must be from 1 to 100/,
    },
    {
      why: "a negative page",
      sent: json({ query: `{ organization { usageEvents(first: -5) { nodes { id } } } }` }),
      words: /first must be from 1 to 100/,
    },
    {
      why: "a large batch",
      sent: json({
        query: RECORD,
        variables: { input: { events: Array.from({ length: 1_001 }, () => generation()) } },
      }),
      words: /1,?000/,
    },
    {
      why: "a large batch written out",
      sent: json({
        query: `mutation { recordUsage(input: { events: [${'{ idempotencyKey: "k", action: API_CALL } '.repeat(1_001)}] }) { accepted } }`,
      }),
      words: /./,
    },
    { why: "variables nested past reason", sent: deep(30), words: /nested/ },
    { why: "variables nested past sanity", sent: deep(100_000), words: /nested|not JSON/ },
    {
      why: "fragments that spread themselves",
      sent: json({
        query: `{ organization { ...a } } fragment a on Organization { ...b } fragment b on Organization { ...a }`,
      }),
      words: /./,
    },
  ])("$why", async ({ sent, words }) => {
    expect(faultOf(await send(sent))).toEqual(refused(words));
  });

  test("a body of more than two megabytes", async () => {
    const response = await send({
      payload: JSON.stringify({ query: "{ plans { code } }", filler: "x".repeat(2 * 1024 * 1024) }),
    });
    expect(response.statusCode).toBe(413);
    expect(faultOf(response)).toEqual(refused(/2097152 bytes/, 413));
    const largest = await send({
      payload: JSON.stringify({ query: "{ plans { code } }" }).padEnd(2 * 1024 * 1024, " "),
    });
    expect(largest.statusCode).toBe(200);
  });

  test("several operations in one request", async () => {
    expect(
      faultOf(
        await send({ payload: JSON.stringify([{ query: "{ plans { code } }" }, { query: "{ plans { code } }" }]) }),
      ),
    ).toEqual(refused());
  });

  test("but an operation that others in its document make costly runs", async () => {
    const query = `query small { plans { code } } query large { organization { usageEvents(first: 100) { nodes { organization { usageEvents(first: 100) { nodes { id amount { amount } } } } } } } }`;
    expect((await send(json({ query, operationName: "small" }))).statusCode).toBe(200);
    expect(faultOf(await send(json({ query, operationName: "large" })))).toEqual(refused(/costs \d+/));
  });
});

describe("what is no proper request is refused, and breaks nothing", () => {
  test.each<{ why: string; sent: Sent }>([
    { why: "no body", sent: { payload: "" } },
    { why: "no JSON", sent: { payload: "{" } },
    { why: "a text", sent: { payload: '"{ plans { code } }"' } },
    { why: "null", sent: { payload: "null" } },
    { why: "a number", sent: { payload: "1e400" } },
    { why: "no query", sent: json({}) },
    { why: "a query that is no text", sent: json({ query: 5 }) },
    { why: "a query that is a list", sent: json({ query: ["{ plans { code } }"] }) },
    { why: "an empty query", sent: json({ query: "" }) },
    { why: "variables that are a list", sent: json({ query: "{ plans { code } }", variables: [1] }) },
    { why: "variables that are a text", sent: json({ query: "{ plans { code } }", variables: "{}" }) },
    { why: "an operation that is not there", sent: json({ query: "query a { plans { code } }", operationName: "b" }) },
    { why: "an operation name that is none", sent: json({ query: "{ plans { code } }", operationName: 5 }) },
    { why: "a field that is not there", sent: json({ query: "{ passwords { hash } }" }) },
    { why: "a subscription", sent: json({ query: "subscription { plans { code } }" }) },
    {
      why: "a persisted query",
      sent: json({ extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } }),
    },
    { why: "a variable that is missing", sent: json({ query: RECORD, variables: {} }) },
    { why: "a variable of another type", sent: json({ query: RECORD, variables: { input: 5 } }) },
    {
      why: "a field that the input lacks",
      sent: json({ query: RECORD, variables: { input: { events: [], price: "0" } } }),
    },
    { why: "an action that there is not", sent: report({ action: "MINING" }) },
    { why: "an action that is a number", sent: report({ action: 5 }) },
    { why: "no key", sent: report({ idempotencyKey: null }) },
    { why: "a key that is an object", sent: report({ idempotencyKey: { toString: "x" } }) },
    { why: "a quantity that is not exact", sent: report({ quantity: 0.1 }) },
    {
      why: "a quantity that is infinite",
      sent: {
        payload: JSON.stringify({
          query: RECORD,
          variables: { input: { events: [{ ...generation(), quantity: "@" }] } },
        }).replace('"@"', "1e999"),
      },
    },
    { why: "a number past 53 bits", sent: report({ storageBytes: 2 ** 53 }) },
    { why: "a number past 63 bits", sent: report({ storageBytes: "9".repeat(20) }) },
    { why: "an integer past 32 bits", sent: report({ tokensUsed: 2 ** 31 }) },
    { why: "an integer with a fraction", sent: report({ tokensUsed: 1.5 }) },
    { why: "a digit of another script", sent: report({ quantity: "١" }) },
    { why: "a thousand digits", sent: report({ cost: "9".repeat(1_000) }) },
    { why: "an instant that does not exist", sent: report({ occurredAt: "2026-02-30T00:00:00Z" }) },
    { why: "an instant in the year 275760", sent: report({ occurredAt: "+275760-09-13T00:00:00.001Z" }) },
    { why: "an instant before all time", sent: report({ occurredAt: "1969-12-31T23:59:59.999Z" }) },
    { why: "NUL in a variable", sent: report({ model: "a\u0000b" }) },
    { why: "NUL in the name of metadata", sent: report({ metadata: { "a\u0000": 1 } }) },
    { why: "NUL in a document", sent: json({ query: `{ organizations(search: "\\u0000") { totalCount } }` }) },
    {
      why: "NUL in a document, in braces",
      sent: json({ query: `{ organizations(search: "\\u{0}") { totalCount } }` }),
    },
    {
      why: "NUL in a document, in disguise",
      sent: { payload: `{"query":"{ organizations(search: \\"\\u005cu0000\\") { totalCount } }"}` },
    },
    { why: "NUL, raw", sent: { payload: Buffer.from('{"query":"{ plans { code } }","a":"\0"}') } },
    {
      why: "half a character",
      sent: {
        payload: JSON.stringify({
          query: RECORD,
          variables: { input: { events: [generation({ model: "@" })] } },
        }).replace('"@"', '"\\ud83d"'),
      },
    },
    {
      why: "half a character in a document",
      sent: json({ query: `{ organizations(search: "\\ud83d") { totalCount } }` }),
    },
    {
      why: "half a character in braces",
      sent: json({ query: `{ organizations(search: "\\u{d83d}") { totalCount } }` }),
    },
    {
      why: "broken UTF-8",
      sent: {
        payload: Buffer.concat([
          Buffer.from('{"query":"{ plans { code } } #'),
          Buffer.from([0xff, 0xfe]),
          Buffer.from('"}'),
        ]),
      },
    },
    {
      why: "UTF-8 in two bytes too many",
      sent: { payload: Buffer.concat([Buffer.from('{"query":"'), Buffer.from([0xc0, 0x80]), Buffer.from('"}')]) },
    },
    {
      why: "another encoding",
      sent: { payload: Buffer.from(JSON.stringify({ query: "{ plans { code } }" }), "utf16le") },
    },
    {
      why: "__proto__ in variables",
      sent: { payload: `{"query":"{ plans { code } }","variables":{"__proto__":{"isAdmin":true}}}` },
    },
    {
      why: "__proto__ in metadata",
      sent: {
        payload: JSON.stringify({
          query: RECORD,
          variables: { input: { events: [generation({ metadata: {} })] } },
        }).replace('"metadata":{}', '"metadata":{"__proto__":{"a":1}}'),
      },
    },
    {
      why: "__proto__ in disguise",
      sent: {
        payload: JSON.stringify({
          query: RECORD,
          variables: { input: { events: [generation({ metadata: {} })] } },
        }).replace('"metadata":{}', '"metadata":{"\\u005f_proto__":{"a":1}}'),
      },
    },
    {
      why: "__proto__ as an input field",
      sent: { payload: `{"query":${JSON.stringify(RECORD)},"variables":{"input":{"events":[],"__proto__":{}}}}` },
    },
    {
      why: "constructor.prototype",
      sent: { payload: `{"query":"{ plans { code } }","variables":{"constructor":{"prototype":{"a":1}}}}` },
    },
  ])("$why", async ({ sent }) => {
    expect(faultOf(await send(sent))).toEqual(refused());
    expect(({} as Record<string, unknown>)["isAdmin"] ?? ({} as Record<string, unknown>)["a"]).toBeUndefined();
    const live = await production.server.inject({ method: "GET", url: "/health/ready" });
    expect(live.statusCode).toBe(200);
  });

  test("and nothing of it was recorded", async () => {
    expect(await customer.events()).toEqual([]);
  });
});

describe("a request that another site could make a browser send is refused", () => {
  const query = "{ plans { code } }";
  test.each<{ why: string; sent: Sent; status: number }>([
    {
      why: "a GET with a query",
      sent: { method: "GET", url: `/graphql?query=${encodeURIComponent(query)}`, payload: "" },
      status: 404,
    },
    {
      why: "a GET that changes something",
      sent: {
        method: "GET",
        url: `/graphql?query=${encodeURIComponent("mutation { logOut { __typename } }")}`,
        payload: "",
      },
      status: 404,
    },
    { why: "a PUT", sent: { method: "PUT", payload: JSON.stringify({ query }) }, status: 404 },
    {
      why: "a plain text",
      sent: { payload: JSON.stringify({ query }), headers: { "content-type": "text/plain" } },
      status: 415,
    },
    {
      why: "a form",
      sent: {
        payload: `query=${encodeURIComponent(query)}`,
        headers: { "content-type": "application/x-www-form-urlencoded" },
      },
      status: 415,
    },
    {
      why: "a form of parts",
      sent: {
        payload: '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--',
        headers: { "content-type": "multipart/form-data; boundary=x" },
      },
      status: 415,
    },
    {
      why: "no content type",
      sent: { payload: JSON.stringify({ query }), headers: { "content-type": "" } },
      status: 415,
    },
    {
      why: "JSON by another name",
      sent: { payload: JSON.stringify({ query }), headers: { "content-type": "text/json" } },
      status: 415,
    },
  ])("$why", async ({ sent, status }) => {
    const response = await send(sent);
    expect([400, status]).toContain(response.statusCode);
    expect(response.body).not.toContain("STARTER");
  });
});

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
    const response = await production.server.inject({
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
  try {
    const ask = (token: string | null) =>
      limited.server.inject({
        method: "POST",
        url: "/graphql",
        headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
        payload: JSON.stringify({ query: "{ plans { code } }" }),
        remoteAddress: "192.0.2.7",
      });
    for (const { token, times } of [
      { token: customer.key.token, times: 2 },
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
  } finally {
    await limited.server.close();
    await limited.running.close();
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
        headers: { "content-type": "application/json", authorization: `Bearer ${customer.key.token}` },
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
      expect(lines.join()).not.toContain(customer.key.token);
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

test(
  "whatever JSON is reported as an event, it is accepted or refused, and never a fault of ours",
  { timeout: 60_000 },
  async () => {
    const wild = fc.anything({
      withNullPrototype: false,
      maxDepth: 2,
      withBigInt: false,
      withDate: false,
      withMap: false,
      withSet: false,
      withSparseArray: false,
      withTypedArray: false,
    });
    const event = fc.record(
      {
        idempotencyKey: fc.oneof({ weight: 8, arbitrary: fc.string({ unit: "binary", maxLength: 300 }) }, wild),
        action: fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom("GENERATION", "VALIDATION", "EXPORT", "API_CALL", "STORAGE") },
          wild,
        ),
        complexity: fc.oneof({ weight: 8, arbitrary: fc.constantFrom("T0", "T3", null) }, wild),
        model: fc.oneof(fc.string({ unit: "binary" }), fc.constant(null), wild),
        quantity: fc.oneof(
          fc.bigInt({ min: -5n, max: 10n ** 31n }).map(String),
          fc.constant("1"),
          fc.constant(null),
          wild,
        ),
        computeTimeMs: fc.oneof(fc.integer(), fc.constant(null), wild),
        tokensUsed: fc.oneof(fc.integer(), fc.constant(null)),
        storageBytes: fc.oneof(fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }).map(String), fc.constant(null)),
        cost: fc.oneof(fc.double().map(String), fc.constant("0.02"), fc.constant(null)),
        occurredAt: fc.oneof(
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
          fc.constant(null),
        ),
        userId: fc.option(fc.string({ unit: "binary" })),
        projectId: fc.option(fc.string()),
        failed: fc.option(fc.boolean()),
        metadata: fc.oneof(fc.jsonValue(), fc.object({ maxDepth: 3 }), fc.constant(null)),
      },
      { requiredKeys: ["idempotencyKey", "action"] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 4 }), async (events) => {
        const payload = JSON.stringify({ query: RECORD, variables: { input: { events } } }, (_key, value: unknown) =>
          typeof value === "bigint" ? value.toString() : value,
        );
        const response = await send({ payload });
        const { data, errors } = response.json();
        const codes = (errors ?? []).map(({ extensions }: { extensions: { code: string } }) => extensions.code);
        expect(codes.filter((code: string) => code !== "BAD_USER_INPUT")).toEqual([]);
        expect(response.statusCode).toBeLessThan(500);
        const outcomes: { status: string; reason: string | null }[] = data?.recordUsage?.outcomes ?? [];
        expect(outcomes.filter(({ status, reason }) => status === "REJECTED" && !reason)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  },
);
