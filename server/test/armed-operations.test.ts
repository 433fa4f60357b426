import { beforeAll, describe, expect, test } from "vitest";
import { generation } from "./customer.ts";
import { type Armed, deep, faultOf, json, RECORD, refused, type Sent, startArmed } from "./armed.ts";

let armed: Armed;
beforeAll(async () => {
  armed = await startArmed();
});
const send: Armed["send"] = (sent) => armed.send(sent);

const nested = (depth: number): string =>
  `{ organization { ${"usageEvents(first: 1) { nodes { organization { ".repeat(depth)} id ${"} } }".repeat(depth)} } }`;

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
