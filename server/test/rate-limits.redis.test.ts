import type { FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createPlatform } from "../src/app/create-platform.ts";
import { createHttpServer } from "../src/app/http-server.ts";
import { readConfig } from "../src/platform/config.ts";
import { createLog } from "../src/platform/log.ts";
import { type Customer, newCustomer } from "./customer.ts";
import { startRedis, type TestRedis } from "./setup/redis.ts";
import { testDatabase } from "./setup/test-database.ts";
import { mustHaveShared, startPatient } from "./sharing-processes.ts";
import { newWorld, PASSWORD } from "./world.ts";

/** One instance of the product of several, on one database and one Redis. */
type Instance = {
  readonly server: FastifyInstance;
  /** What it has logged about answers that it gave without Redis. */
  readonly warnings: readonly unknown[];
  readonly close: () => Promise<void>;
};

let redis: TestRedis;
let customer: Customer;
let instances: readonly [Instance, Instance];

beforeAll(async () => {
  redis = await startRedis();
  customer = await newCustomer(await newWorld(), new Date().toISOString(), "starter");
  customer.world.setClock(null);
  instances = [await startInstance(), await startInstance()];
});

afterAll(async () => {
  await Promise.all(instances.map(({ close }) => close()));
  await redis.close();
});

/** @param patient false: with the product's own time limit, as REDIS_URL sets it up */
async function startInstance(patient = true): Promise<Instance> {
  const { url, adminUrl } = await testDatabase();
  const config = readConfig({
    DATABASE_URL: url,
    DATABASE_ADMIN_URL: adminUrl,
    JWT_KEYS: "current:0123456789012345678901234567890123456789",
    NODE_ENV: "test",
    API_LIMITS: "key=40,service=0,address=30",
    ...(!patient && { REDIS_URL: redis.url }),
  });
  const running = await createPlatform(config, undefined, createLog("silent"));
  const { limits: rateLimits, warnings } = patient
    ? await startPatient([redis.url])
    : { limits: running.platform.rateLimits, warnings: [] };
  const server = await createHttpServer({ ...running.platform, rateLimits }, createLog("silent"));
  return {
    server,
    warnings,
    close: async () => {
      await server.close();
      await rateLimits.close();
      await running.close();
    },
  };
}

type Asked = {
  readonly query: string;
  readonly variables?: object;
  readonly token?: string | null;
  readonly from: string;
};

const ask = ({ server }: Instance, { query, variables = {}, token = null, from }: Asked) =>
  server.inject({
    method: "POST",
    url: "/graphql",
    remoteAddress: from,
    headers: { "content-type": "application/json", ...(token !== null && { authorization: `Bearer ${token}` }) },
    payload: JSON.stringify({ query, variables }),
  });

/** Asks all instances at once, so many times each. */
const askAll = (times: number, asked: Asked) =>
  Promise.all(instances.flatMap((instance) => Array.from({ length: times }, () => ask(instance, asked))));

const PLANS = "{ plans { code } }";
const LOG_IN =
  "mutation($input: LogInInput!) { logIn(input: $input) { __typename ... on Session { token } ... on Refusal { message } } }";
const guess = (email: string, from: string, password = "a wrong guess"): Asked => ({
  query: LOG_IN,
  variables: { input: { email, password } },
  from,
});

/** How many of these were refused for coming too often. */
const refused = (answers: readonly { body: string }[]): number =>
  answers.filter(({ body }) => body.includes('"RATE_LIMITED"')).length;

describe("two instances with one Redis share", () => {
  afterEach(() => mustHaveShared(instances));

  test("what an address may ask, and tell it in headers", async () => {
    const answers = await askAll(25, { query: PLANS, from: "198.51.100.1" });
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(30);
    const late = answers.filter(({ statusCode }) => statusCode === 429);
    expect(late).toHaveLength(20);
    for (const { headers } of late)
      expect(headers).toMatchObject({
        "ratelimit-limit": "30",
        "ratelimit-remaining": "0",
        "ratelimit-reset": expect.stringMatching(/^\d+$/),
        "retry-after": expect.stringMatching(/^\d+$/),
      });
  });

  test("what one customer of a network may ask, however many addresses it has", async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        ask(instances[index % 2]!, { query: PLANS, from: `2001:db8:7:7::${index + 1}` }),
      ),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(10);
  });

  test("what a key may ask, each key by itself", async () => {
    const other = await customer.world.apiKey(customer.owner, ["usage:read"]);
    const answers = await askAll(30, { query: PLANS, token: customer.key.token, from: "198.51.100.2" });
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(20);
    const [first] = await askAll(1, { query: PLANS, token: other.token, from: "198.51.100.2" });
    expect(first?.statusCode).toBe(200);
  });

  test("the failed log-ins of an account, wherever they come from", async () => {
    const { email } = await customer.world.organization();
    const answers = await askAll(8, guess(email, "198.51.100.3"));
    expect(refused(answers)).toBe(6);
    for (const instance of instances)
      expect(refused([await ask(instance, guess(email, "198.51.100.4", PASSWORD))])).toBe(1);
  });

  test("that the right password makes failures forgotten", async () => {
    const { email } = await customer.world.organization();
    const [one, other] = instances;
    for (let round = 0; round < 9; round += 1) await ask(one, guess(email, "198.51.100.5"));
    expect((await ask(other, guess(email, "198.51.100.5", PASSWORD))).json().data.logIn.__typename).toBe("Session");
    expect(refused(await Promise.all(Array.from({ length: 9 }, () => ask(one, guess(email, "198.51.100.6")))))).toBe(0);
  });

  test("what a plan sells a minute", async () => {
    const service = await customer.world.serviceKey();
    const answers = await askAll(15, {
      query: "mutation($input: AuthorizeUsageInput!) { authorizeUsage(input: $input) { allowed reason } }",
      variables: { input: { organizationId: customer.id, action: "GENERATION", complexity: "T1" } },
      token: service.token,
      from: "198.51.100.7",
    });
    const decisions = answers.map((answer) => answer.json().data.authorizeUsage);
    expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(20);
    expect(decisions.filter(({ reason }) => reason === "RATE_LIMITED")).toHaveLength(10);
    expect(answers.filter(({ headers }) => headers["ratelimit-limit"] === "20")).toHaveLength(30);
  });

  test("nothing that says in Redis who has an account", async () => {
    const { email } = await customer.world.organization();
    await ask(instances[0], guess(email, "198.51.100.8"));
    const keys = (await redis.ask("KEYS", "*")) as string[];
    expect(keys.filter((key) => key.endsWith(":logIn.account")).length).toBeGreaterThan(0);
    expect(keys.filter((key) => key.includes("@"))).toEqual([]);
  });
});

describe("an instance whose Redis hangs", () => {
  test("is ready, says what is degraded, limits log-ins all the same, and recovers by itself", async () => {
    const instance = await startInstance(false);
    const ready = async () => (await instance.server.inject({ method: "GET", url: "/health/ready" })).json();
    const metrics = async () => (await instance.server.inject({ method: "GET", url: "/metrics" })).body;
    try {
      const { email } = await customer.world.organization();
      await expect.poll(ready, { timeout: 20_000 }).toEqual({ status: "ready" });
      redis.pause();
      const answers = await Promise.all(Array.from({ length: 15 }, () => ask(instance, guess(email, "198.51.100.9"))));
      expect(refused(answers)).toBe(5);
      expect(await ready()).toEqual({ status: "ready", degraded: [expect.stringContaining("Redis does not answer")] });
      expect(await metrics()).toMatch(/^qlp_rate_limits_fallen_back 1$/m);
      redis.resume();
      await expect.poll(ready, { timeout: 20_000 }).toEqual({ status: "ready" });
      expect(await metrics()).toMatch(/^qlp_rate_limits_fallen_back 0$/m);
    } finally {
      redis.resume();
      await instance.close();
    }
  });
});
