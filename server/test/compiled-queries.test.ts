import { getIntrospectionQuery } from "graphql";
import { describe, expect, test } from "vitest";
import { buildBareSchema } from "../src/app/build-schema.ts";
import { inTenantTransaction } from "../src/platform/database/tenant-transaction.ts";
import { operationFor, rootFields } from "./operations.ts";
import { type Answer, type Asker, newWorld } from "./world.ts";

/** A query is interpreted the first time, and compiled from the second on: what it answers must not tell which. */
async function asked(asker: Asker, query: string, variables: Record<string, unknown> = {}): Promise<unknown[]> {
  const answers: unknown[] = [];
  // What tells the time tells the same.
  (await newWorld()).setClock(NOW);
  for (let time = 0; time < 4; time += 1) answers.push(told(await asker.ask(query, variables)));
  return answers;
}

/** All that is the same however often it is asked: when a key was used last is written down beside the answer. */
const told = ({ data, errors, status, headers }: Answer) => ({
  status,
  headers: { ...headers, "x-request-id": null, date: null, "content-length": null },
  data: JSON.parse(JSON.stringify(data ?? null), (name, value: unknown) =>
    name === "lastUsedAt" ? null : value,
  ) as unknown,
  errors: faultsOf(errors),
});

/** Where several fields of one object are refused, the first takes the object with it: how many of the others are told is a matter of time. */
function faultsOf(errors: Answer["errors"] = []): unknown[] {
  if (errors.length > 1) return [...new Set(errors.map(({ extensions: { code } }) => code))].toSorted();
  return errors.map(({ extensions: { requestId: _, ...extensions }, message, ...rest }) => ({
    ...rest,
    message: message.replace(/request [-0-9a-f]{36}/, "request"),
    extensions,
  }));
}

const NOW = new Date();

/** What answers are when all are like the first. */
const allLikeTheFirst = (answers: readonly unknown[]): unknown[] => answers.map(() => answers[0]);

describe("asked over and over", () => {
  const queries = rootFields(buildBareSchema()).filter(({ type }) => type === "Query");

  test.each(queries)("$name answers a stranger the same", async ({ type, name }) => {
    const world = await newWorld();
    const { query, variables } = operationFor(buildBareSchema(), type, name);
    const answers = await asked(world.anyone(), query, variables);
    expect(answers).toEqual(allLikeTheFirst(answers));
  });

  test.each(queries)("$name answers a key without its scope the same", async ({ type, name }) => {
    const world = await newWorld();
    const { owner } = await world.organization();
    const { query, variables } = operationFor(buildBareSchema(), type, name);
    const answers = await asked(await world.apiKey(owner, ["tickets:write"]), query, variables);
    expect(answers).toEqual(allLikeTheFirst(answers));
  });
});

test("a query that many may ask is decided anew for each of them", async () => {
  const world = await newWorld();
  const { owner, id } = await world.organization();
  const other = await world.organization();
  const query = `query($id: ID!) { organization(id: $id) { id invoices(first: 1) { nodes { id } } } }`;
  for (let time = 0; time < 3; time += 1) {
    expect(await owner.get(query, { id })).toEqual({ organization: { id, invoices: { nodes: [] } } });
    expect((await other.owner.ask(query, { id })).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    expect((await world.anyone().ask(query, { id })).errors).toMatchObject([
      { extensions: { code: "UNAUTHENTICATED" } },
    ]);
    const key = await world.apiKey(owner, ["usage:read"]);
    const { errors } = await key.ask(query, { id });
    expect(errors).toMatchObject([{ path: ["organization", "invoices"], extensions: { code: "FORBIDDEN" } }]);
  }
});

test("a service key sees the organization it names, and no other, however often it asks", async () => {
  const world = await newWorld();
  const service = await world.serviceKey(["usage:read"]);
  const [a, b] = [await world.organization(), await world.organization()];
  const query = `query($id: ID!) { organization(id: $id) { id name usage { asOf total { amount } } } }`;
  for (let time = 0; time < 4; time += 1)
    expect(
      await Promise.all([a, b, a, b].map(async ({ id }) => (await service.get(query, { id })).organization.name)),
    ).toEqual([a.name, b.name, a.name, b.name]);
  const both = `query($a: ID!, $b: ID!) { a: organization(id: $a) { id } b: organization(id: $b) { id } }`;
  for (let time = 0; time < 4; time += 1)
    expect((await service.ask(both, { a: a.id, b: b.id })).errors).toMatchObject([
      { extensions: { code: "BAD_USER_INPUT" } },
    ]);
});

test("an answer is called what the asker accepts, the first time and after", async () => {
  const { server } = await newWorld();
  for (const [accept, called] of [
    ["*/*", "application/json; charset=utf-8"],
    ["application/json", "application/json; charset=utf-8"],
    ["application/graphql-response+json,application/json;q=0.9", "application/graphql-response+json; charset=utf-8"],
    ["application/graphql-response+json", "application/graphql-response+json; charset=utf-8"],
    ["text/html", undefined],
  ] as const) {
    const query = `{ plans { code } } # ${accept}`;
    for (let time = 0; time < 4; time += 1) {
      const response = await server.inject({
        method: "POST",
        url: "/graphql",
        headers: { "content-type": "application/json", accept },
        payload: { query },
      });
      expect([response.statusCode, called === undefined ? undefined : response.headers["content-type"]]).toEqual([
        called === undefined ? 406 : 200,
        called,
      ]);
    }
  }
});

test.each([
  { why: "no content type that browsers ask about first", headers: { "content-type": "text/plain" }, payload: {} },
  { why: "an operation that is not in it", headers: {}, payload: { operationName: "Other" } },
  { why: "an operation without a name", headers: {}, payload: { operationName: "" } },
  { why: "variables that are a list", headers: {}, payload: { variables: [] } },
  { why: "extensions that are a text", headers: {}, payload: { extensions: "none" } },
  {
    why: "a persisted query",
    headers: {},
    payload: { extensions: { persistedQuery: { version: 1, sha256Hash: "x" } } },
  },
])("a text that is known is refused as ever with $why", async ({ headers, payload }) => {
  const { server } = await newWorld();
  const query = "query Known { plans { code } }";
  const send = (more: object, sent: Record<string, string>) =>
    server.inject({
      method: "POST",
      url: "/graphql",
      headers: { "content-type": "application/json", ...sent },
      payload: JSON.stringify({ query, ...more }),
    });
  for (let time = 0; time < 3; time += 1) expect((await send({}, {})).statusCode).toBe(200);
  const refused = await send(payload, headers);
  expect(refused.statusCode).toBeGreaterThanOrEqual(400);
  expect(refused.json()).not.toHaveProperty("data");
});

test("two operations of one document are two, and each is answered", async () => {
  const world = await newWorld();
  const { owner, id, name } = await world.organization();
  for (let time = 0; time < 3; time += 1) {
    for (const [operationName, expected] of [
      ["A", { organization: { id } }],
      ["B", { organization: { name } }],
    ] as const) {
      const response = await world.server.inject({
        method: "POST",
        url: "/graphql",
        headers: { "content-type": "application/json", authorization: `Bearer ${owner.token}` },
        payload: { query: "query A { organization { id } } query B { organization { name } }", operationName },
      });
      expect(response.json()).toEqual({ data: expected });
    }
  }
});

test.each([
  { what: "a variable that is missing", query: "query($id: ID!) { invoice(id: $id) { id } }", variables: {} },
  {
    what: "a variable of another type",
    query: "query($n: Int) { plans { code } organization { invoices(first: $n) { nodes { id } } } }",
    variables: { n: "many" },
  },
  {
    what: "an instant that is none",
    query: "query($at: DateTime) { organization { usage(from: $at, to: $at) { asOf } } }",
    variables: { at: "2026-02-30T00:00:00Z" },
  },
  {
    what: "a value of an enum that is none",
    query: "query($s: InvoiceStatus) { organization { invoices(status: $s) { nodes { id } } } }",
    variables: { s: "LOST" },
  },
  {
    what: "a page that is too large",
    query: "query($n: Int) { organization { invoices(first: $n) { nodes { id } } } }",
    variables: { n: 101 },
  },
  {
    what: "one end of a span",
    query: 'query { organization { usage(from: "2026-03-01T00:00:00Z") { asOf } } }',
    variables: {},
  },
])("$what is told in the same words each time", async ({ query, variables }) => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const answers = (await asked(owner, query, variables)) as ReturnType<typeof told>[];
  expect(answers).toEqual(allLikeTheFirst(answers));
  expect(answers[0]?.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
});

test("directives, aliases, fragments and values of enums mean the same compiled", async () => {
  const world = await newWorld();
  const { owner, id } = await world.organization();
  const query = `query($yes: Boolean!, $status: InvoiceStatus = PAID) {
    mine: organization { ...All named: name @include(if: $yes) name @skip(if: $yes) }
    viewer { __typename ... on User { role } } plans { code prices { model } } }
    fragment All on Organization { id __typename subscription { status plan { code } } invoices(status: $status) { nodes { id } } }`;
  const answers = await asked(owner, query, { yes: true });
  expect(answers).toEqual(allLikeTheFirst(answers));
  expect(answers[0]).toMatchObject({
    data: { mine: { id, __typename: "Organization", subscription: { plan: { code: "FREE" } } } },
  });
  const others = await asked(owner, query, { yes: false });
  expect(others).toEqual(allLikeTheFirst(others));
});

test("a bug is masked in a compiled query as well, and nothing of it is told", async () => {
  const world = await newWorld();
  const { owner, id } = await world.organization();
  const query = "query Masked { organization { id subscription { plan { code } } } }";
  const answers = await asked(owner, query);
  expect(answers).toEqual(allLikeTheFirst(answers));
  await inTenantTransaction(world.platform.pool, id, (sql) =>
    sql("update subscriptions set plan_version_id = gen_random_uuid()"),
  );
  const { data, errors } = await owner.ask(query);
  expect(data).toBeNull();
  expect(errors).toMatchObject([
    {
      message: expect.stringMatching(/^Something went wrong on our side/) as string,
      path: ["organization", "subscription"],
      extensions: { code: "INTERNAL" },
    },
  ]);
});

test("the schema itself can be asked for over and over", async () => {
  const world = await newWorld();
  for (let time = 0; time < 3; time += 1)
    expect(await world.anyone().get(getIntrospectionQuery())).toMatchObject({
      __schema: { queryType: { name: "Query" } },
    });
});
