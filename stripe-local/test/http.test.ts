import { expect, test } from "vitest";
import { contract } from "../src/contract/contract.ts";
import { startStandIn } from "../src/stand-in.ts";
import { clientOf, headerOf, newWorld, SECRET_KEY } from "./world.ts";

const authorized = { authorization: `Bearer ${SECRET_KEY}` };

test("every operation of the contract is served", async () => {
  const { standIn } = await newWorld();
  const unserved: string[] = [];
  for (const name of Object.keys(contract.operations)) {
    const [method = "", path = ""] = name.split(" ");
    const answer = await fetch(standIn.url + path.replace(/\{\w+\}/g, "none"), { method, headers: authorized });
    const text = await answer.text();
    if (text.includes("Unrecognized request URL") || answer.status >= 500) unserved.push(`${name}: ${answer.status}`);
  }
  expect(unserved).toEqual([]);
});

test("a request without the key, or with another one, is refused in Stripe's envelope", async () => {
  const { standIn } = await newWorld();
  const asked = async (authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await fetch(`${standIn.url}/v1/customers`, { headers });
    expect(answer.headers.get("request-id")).toMatch(/^req_/);
    return { status: answer.status, ...((await answer.json()) as { error: object }) };
  };
  const refused = (message: RegExp) => ({
    status: 401,
    error: { type: "invalid_request_error", message: expect.stringMatching(message) },
  });
  expect(await asked()).toMatchObject(refused(/You did not provide an API key/));
  expect(await asked("Bearer sk_test_other")).toMatchObject(refused(/Invalid API Key provided: sk_test_\*+ther/));
  expect(await asked("Bearer sk_live_51abc")).toMatchObject(refused(/never accepts a live key/));
  const basic = Buffer.from(`${SECRET_KEY}:`).toString("base64");
  expect(await asked(`Basic ${basic}`)).toMatchObject({ status: 200 });
});

test("it does not start with a live key", async () => {
  await expect(startStandIn({ file: ":memory:", secretKey: "sk_live_51abc" })).rejects.toThrow(
    /never runs with a live/,
  );
});

test.each([
  ["a parameter that nobody knows", { nam: "x" }, { code: "parameter_unknown", param: "nam" }],
  [
    "an unknown parameter deep inside",
    { address: { lin1: "x" } },
    { code: "parameter_unknown", param: "address[lin1]" },
  ],
  ["one that Stripe knows and the stand-in does not serve", { source: "tok_1" }, { param: "source" }],
  [
    "too many keys",
    { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [i, "x"])) },
    { param: "metadata" },
  ],
  ["a value that is too long", { metadata: { a: "x".repeat(501) } }, { param: "metadata" }],
  ["a word that is none of the list", { tax_exempt: "sometimes" }, { param: "tax_exempt" }],
  ["text where a number belongs", { next_invoice_sequence: "one" }, { code: "parameter_invalid_integer" }],
])("%s is a 400 that names the parameter", async (_what, params, refusal) => {
  const { stripe, faults } = await newWorld();
  const asked = stripe.customers.create(params as never);
  await expect(asked).rejects.toMatchObject({ statusCode: 400, type: "StripeInvalidRequestError", ...refusal });
  expect((await stripe.customers.list()).data).toEqual([]);
  expect(faults).toEqual([]);
});

test("a missing parameter, an unknown id and an unknown address each have their error", async () => {
  const { stripe, standIn } = await newWorld();
  await expect(stripe.products.create({} as never)).rejects.toMatchObject({ code: "parameter_missing", param: "name" });
  await expect(stripe.products.retrieve("prod_none")).rejects.toMatchObject({
    statusCode: 404,
    code: "resource_missing",
    param: "id",
    message: "No such product: 'prod_none'",
  });
  await expect(stripe.rawRequest("GET", "/v1/orders")).rejects.toMatchObject({ statusCode: 404 });
  await expect(stripe.rawRequest("GET", "/v1/customers/%00")).rejects.toMatchObject({ statusCode: 404 });

  const json = { ...authorized, "content-type": "application/json" };
  const answer = await fetch(`${standIn.url}/v1/customers`, { method: "POST", headers: json, body: "{}" });
  expect(answer.status).toBe(400);
  const older = { ...authorized, "stripe-version": "2024-06-20" };
  expect((await fetch(`${standIn.url}/v1/customers`, { headers: older })).status).toBe(400);
});

test("the SDK's own way to the network works as well, with its retries", async () => {
  const { stripe, standIn, local } = await newWorld();
  const { default: Stripe } = await import("stripe");
  const usual = new Stripe(SECRET_KEY, {
    host: "127.0.0.1",
    port: standIn.port,
    protocol: "http",
    maxNetworkRetries: 2,
  });
  await local("POST", "faults", [
    { match: "POST /v1/customers", kind: "status", status: 500, times: 1 },
    { match: "POST /v1/customers", kind: "drop", after: true, times: 1 },
  ]);
  const customer = await usual.customers.create({ name: "Once" });
  expect(headerOf(customer, "idempotent-replayed")).toBe("true");
  expect((await stripe.customers.list()).data.map(({ name }) => name)).toEqual(["Once"]);
});

test("what was asked to go wrong goes wrong as often as asked, before or after the commit", async () => {
  const { stripe, standIn, local, faults } = await newWorld();
  await local("POST", "faults", [
    { match: "POST /v1/customers", kind: "status", status: 429, times: 1 },
    { match: "POST /v1/customers", kind: "status", status: 500, after: true, times: 1 },
  ]);
  const create = () => stripe.customers.create({ name: "A" }, { idempotencyKey: "create-a" });
  await expect(create()).rejects.toMatchObject({ statusCode: 429, type: "StripeRateLimitError" });
  expect((await stripe.customers.list()).data).toHaveLength(0);
  await expect(create()).rejects.toMatchObject({ statusCode: 500, type: "StripeAPIError" });
  expect((await stripe.customers.list()).data).toHaveLength(1);
  const replayed = await create();
  expect(headerOf(replayed, "idempotent-replayed")).toBe("true");
  expect((await stripe.customers.list()).data.map(({ id }) => id)).toEqual([replayed.id]);
  expect(await local("GET", "faults")).toEqual([]);
  expect(faults).toEqual([]);

  await local("POST", "faults", [{ match: "GET", kind: "drop", times: 1 }]);
  await expect(clientOf(standIn, []).customers.list()).rejects.toMatchObject({ type: "StripeConnectionError" });
  await expect(local("POST", "faults", [{ match: "(", kind: "drop" }])).rejects.toThrow(/regular expression/);
});

test("the controls answer nobody who comes from a page of another site", async () => {
  const { standIn } = await newWorld();
  const headers = { "sec-fetch-site": "cross-site" };
  expect((await fetch(`${standIn.url}/_local/reset`, { method: "POST", headers })).status).toBe(403);
});

test("a reset leaves nothing but the endpoint it was started with", async () => {
  const { stripe, local } = await newWorld();
  await stripe.customers.create({}, { idempotencyKey: "k" });
  await local("POST", "clock/advance", { to: Math.floor(Date.now() / 1000) + 86_400 });
  await local("POST", "reset");
  expect((await stripe.customers.list()).data).toEqual([]);
  expect((await stripe.events.list()).data).toEqual([]);
  expect((await stripe.webhookEndpoints.list()).data).toHaveLength(1);
  expect((await local("GET", "clock")).now).toBeLessThan(Date.now() + 1_000);
  await stripe.customers.create({ name: "other" }, { idempotencyKey: "k" });
});
