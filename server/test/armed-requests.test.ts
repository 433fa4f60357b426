import { beforeAll, describe, expect, test } from "vitest";
import { generation } from "./customer.ts";
import { type Armed, faultOf, json, RECORD, refused, report, type Sent, startArmed } from "./armed.ts";

let armed: Armed;
beforeAll(async () => {
  armed = await startArmed();
});
const send: Armed["send"] = (sent) => armed.send(sent);

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
    const live = await armed.server.inject({ method: "GET", url: "/health/ready" });
    expect(live.statusCode).toBe(200);
  });

  test("and nothing of it was recorded", async () => {
    expect(await armed.customer.events()).toEqual([]);
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
