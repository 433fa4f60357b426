import { buildSchema, graphql, type GraphQLResolveInfo } from "graphql";
import { expect, test } from "vitest";
import { asksFor } from "./asks-for.ts";

const schema = buildSchema("type Query { shop: Shop } type Shop { name: String owner: Shop }");

/** What the resolver of `shop` learns of a query. */
async function seen(source: string, name: string): Promise<boolean> {
  let answer = false;
  const shop = (_: object, __: object, info: GraphQLResolveInfo): object => {
    answer = asksFor(info, name, "other");
    return {};
  };
  const { errors } = await graphql({ schema, source, rootValue: { shop } });
  expect(errors).toBeUndefined();
  return answer;
}

test.each([
  ["a field", "{ shop { owner { name } } }"],
  ["a field under an alias", "{ shop { boss: owner { name } } }"],
  ["a field of an inline fragment", "{ shop { ... on Shop { owner { name } } } }"],
  [
    "a field of a fragment's fragment",
    "{ shop { ...a } } fragment a on Shop { ...b } fragment b on Shop { owner { name } }",
  ],
])("%s is asked for", async (_, query) => {
  expect(await seen(query, "owner")).toBe(true);
});

test("a field of what is asked for is not", async () => {
  expect(await seen("{ shop { owner { name } } }", "name")).toBe(false);
});

test("fragments that spread each other many times over are looked into once", async () => {
  const levels = Array.from(
    { length: 60 },
    (_, level) => `fragment f${level} on Shop { ...f${level + 1} ...f${level + 1} }`,
  );
  const source = `{ shop { ...f0 } } ${levels.join(" ")} fragment f60 on Shop { name }`;
  expect(await seen(source, "name")).toBe(true);
});
