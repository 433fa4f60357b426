import {
  buildSchema,
  execute,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLObjectType,
  parse,
} from "graphql";
import { expect, test } from "vitest";
import type { Context } from "./context.ts";
import { badInput, EdgeFault } from "./errors.ts";
import { createExecutor, isSmall, type OperationToExecute } from "./execute-operation.ts";

const schema = buildSchema(`
  enum Colour { RED GREEN }
  input Span { from: Int! = 1, to: Int, colours: [Colour!] = [RED] }
  interface Named { name: String! }
  type Cat implements Named { name: String! lives: Int! }
  type Dog implements Named { name: String! barks: Boolean! }
  union Pet = Cat | Dog
  type Row { id: ID! colour: Colour! label: String note: String must: String! rows: [Row!]! maybe: [Row] own: Row! }
  type Query {
    row: Row rows: [Row!]! rowsOrNull: [Row] count(span: Span, n: Int = 7, colour: Colour = GREEN): String!
    pet: Pet named: Named refused: String mustRefused: String! late: String!
  }
  type Mutation { first: String! second: String! third(n: Int! = 3): Int! }`);

class Fragile {
  readonly id = "f";
  readonly colour = "RED";
  get label(): string {
    throw new Error("a bug");
  }
}

const row = (id: string, more: object = {}): object => ({ id, colour: "RED", must: `m${id}`, rows: [], ...more });
const done: string[] = [];

const resolvers: Record<string, Record<string, unknown>> = {
  Query: {
    row: () => row("1", { label: null, own: row("2", { must: null }) }),
    rows: async () => [row("1"), row("2", { rows: [row("3", { must: null })] }), row("4", { colour: "BLUE" })],
    rowsOrNull: async () => [
      row("1"),
      null,
      new Error("a bug"),
      Promise.reject(badInput("not this one")),
      new Fragile(),
    ],
    count: (_: unknown, args: object) =>
      JSON.stringify(Object.entries(args).toSorted(([a], [b]) => a.localeCompare(b))),
    pet: async () => ({ __typename: "Cat", name: "Tom", lives: 9 }),
    named: () => ({ __typename: "Dog", name: "Rex", barks: true }),
    refused: () => Promise.reject(badInput("refused")),
    mustRefused: () => Promise.reject(badInput("refused")),
    late: () => new Promise((resolve) => setImmediate(resolve, "late")),
  },
  Row: { note: async ({ id }: { id: string }) => `note on ${id}`, maybe: () => Promise.reject(new Error("a bug")) },
  Mutation: {
    first: async () => {
      await new Promise(setImmediate);
      done.push("first");
      return done.join();
    },
    second: () => {
      done.push("second");
      return done.join();
    },
    third: async (_: unknown, { n }: { n: number }) => {
      done.push("third");
      return n;
    },
  },
};
for (const [name, fields] of Object.entries(resolvers)) {
  const type = schema.getType(name) as GraphQLObjectType;
  for (const [field, resolve] of Object.entries(fields)) Object.assign(type.getFields()[field] ?? {}, { resolve });
}

const context = {} as Context;

function operationOf(text: string, variables: Record<string, unknown> = {}, operationName?: string) {
  const document = parse(text);
  const operation = getOperationAST(document, operationName) ?? undefined;
  return { schema, document, operation, operationName, variables, context };
}

const told = ({ data, errors }: ExecutionResult): unknown => ({
  data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
  // Side by side, faults come in no order.
  errors: errors
    ?.map((error) => ({
      ...error.toJSON(),
      extensions: error.extensions,
      isShown: error.originalError instanceof EdgeFault,
      isFault: error instanceof GraphQLError,
    }))
    .toSorted((a, b) => String(a.path).localeCompare(String(b.path))),
});

/** Executes it so often that it is compiled when it may be. */
async function overAndOver(asked: OperationToExecute): Promise<unknown[]> {
  const run = createExecutor();
  const answers: unknown[] = [];
  for (let time = 0; time < 4; time += 1) answers.push(told(await run(asked)));
  return answers;
}

test.each<{ what: string; query: string; variables?: Record<string, unknown> }>([
  { what: "fields of all kinds", query: "{ row { id colour label note must } rowsOrNull { id } }" },
  { what: "a null where none may be, up to the first that may", query: "{ row { id own { id must } } }" },
  { what: "a null where none may be, up to the root", query: "{ rows { id rows { must } } }" },
  { what: "a value of an enum that is none", query: "{ rows { id colour } }" },
  { what: "rows that are missing, broken and refused", query: "{ rowsOrNull { id must } }" },
  { what: "a bug in a list", query: "{ row { maybe { id } } }" },
  { what: "a refusal", query: "{ refused row { id } }" },
  { what: "a refusal where no null may be", query: "{ mustRefused row { id } }" },
  { what: "aliases of one field", query: "{ a: row { x: id } b: row { y: id z: note } a: row { w: colour } }" },
  {
    what: "directives by variables",
    query:
      "query($yes: Boolean!, $no: Boolean = false) { row { id @include(if: $yes) note @skip(if: $no) } late @skip(if: $yes) }",
    variables: { yes: true },
  },
  {
    what: "directives on fragments",
    query:
      "query($yes: Boolean!) { ...F @include(if: $yes) ... @skip(if: $yes) { late } } fragment F on Query { row { ...G } } fragment G on Row { id __typename }",
    variables: { yes: false },
  },
  {
    what: "defaults of arguments and inputs",
    query: "{ count(span: {}) b: count c: count(span: { to: null, colours: GREEN }) }",
  },
  {
    what: "defaults of variables",
    query:
      "query($span: Span = { from: 4 }, $n: Int, $colour: Colour = RED) { count(span: $span, n: $n, colour: $colour) }",
  },
  { what: "variables that are null", query: "query($n: Int = 2) { count(n: $n) }", variables: { n: null } },
  {
    what: "a variable that does not fit",
    query: "query($span: Span) { count(span: $span) }",
    variables: { span: { from: "x" } },
  },
  { what: "a variable that is missing", query: "query($n: Int!) { count(n: $n) }" },
  {
    what: "a field of an input that is none",
    query: "query($span: Span) { count(span: $span) }",
    variables: { span: { until: 1 } },
  },
  {
    what: "a union that takes time to tell",
    query: "{ pet { __typename ... on Cat { lives } ... on Dog { barks } } }",
  },
  { what: "an interface", query: "{ named { name ... on Dog { barks } } }" },
  { what: "the schema", query: "{ __schema { queryType { name } } __typename }" },
])("$what: compiled as interpreted", async ({ query, variables }) => {
  const asked = operationOf(query, variables);
  const expected = told(
    await execute({ schema, document: asked.document, variableValues: variables, contextValue: context }),
  );
  expect(await overAndOver(asked)).toEqual([expected, expected, expected, expected]);
});

test("a bug in reading a field is one fault, and every query is answered", async () => {
  for (const answer of await overAndOver(operationOf("{ rowsOrNull { id label } row { id } }")))
    expect(answer).toMatchObject({
      data: { row: { id: "1" } },
      errors: expect.arrayContaining([expect.objectContaining({ message: "a bug", isShown: false })]) as unknown,
    });
});

test("what a compiled mutation does, it does one after the other", async () => {
  const run = createExecutor();
  for (let time = 0; time < 3; time += 1) {
    done.length = 0;
    const asked = operationOf("mutation($n: Int!) { first second third(n: $n) again: first }", { n: time });
    const { data } = await run(asked);
    expect({ ...data }).toEqual({
      first: "first",
      second: "first,second",
      third: time,
      again: "first,second,third,first",
    });
  }
});

test("nothing runs when a mutation's variables do not fit", async () => {
  const run = createExecutor();
  const asked = operationOf("mutation($n: Int!) { first third(n: $n) }");
  for (let time = 0; time < 3; time += 1) {
    done.length = 0;
    const { errors, data } = await run({ ...asked, variables: { n: "many" } });
    expect([done, data, errors?.length]).toEqual([[], undefined, 1]);
  }
});

test("an operation that is not in the document is told, not run", async () => {
  const { errors, data } = await createExecutor()(operationOf("query A { late }", {}, "B"));
  expect([data, errors?.[0]?.message]).toEqual([undefined, 'Unknown operation named "B".']);
});

test("an operation that writes out to more fields than code is made for is found out at once", () => {
  const levels = (count: number): string =>
    Array.from({ length: count }, (_, level) =>
      level === count - 1
        ? `fragment F${level} on Row { id }`
        : `fragment F${level} on Row { a: own { ...F${level + 1} } b: own { ...F${level + 1} } }`,
    ).join(" ");
  const isSmallWith = (count: number): boolean => {
    const { document, operation } = operationOf(`{ row { ...F0 } } ${levels(count)}`);
    return operation !== undefined && isSmall(document, operation);
  };
  // 1 + 2 + 4 + ... fields and an id at each end.
  expect([isSmallWith(1), isSmallWith(8), isSmallWith(9), isSmallWith(60)]).toEqual([true, true, false, false]);
});
