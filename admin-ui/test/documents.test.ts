import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import {
  buildSchema,
  getNamedType,
  isObjectType,
  parse,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { expect, test } from "vitest";
import { cacheKeys } from "../src/lib/cache-keys";

const schema = buildSchema(readFileSync(`${import.meta.dirname}/../../schema.graphql`, "utf8"));

const keysOf = (type: string, fields: Record<string, unknown>) => cacheKeys[type] ?? ("id" in fields ? ["id"] : []);

const asksFor = ({ selections }: SelectionSetNode, field: string) =>
  selections.some((selection) => selection.kind === "Field" && selection.name.value === field && !selection.alias);

/** Selections that leave out what identifies their object, so that the cache could not keep them together. */
function unkeyed(source: string): string[] {
  const info = new TypeInfo(schema);
  const found: string[] = [];
  visit(
    parse(source),
    visitWithTypeInfo(info, {
      SelectionSet(set) {
        const type = getNamedType(info.getParentType() ?? undefined);
        if (!type || !isObjectType(type)) return;
        for (const key of keysOf(type.name, type.getFields())) {
          if (!asksFor(set, key)) found.push(`${type.name} without ${key}`);
        }
      },
    }),
  );
  return found;
}

test.each(globSync(`${import.meta.dirname}/../src/**/*.graphql`))("%s asks for the key of every object", (file) => {
  expect(unkeyed(readFileSync(file, "utf8"))).toEqual([]);
});

test("each document is named once in the app", () => {
  const names = globSync(`${import.meta.dirname}/../src/**/*.graphql`).flatMap((file) =>
    parse(readFileSync(file, "utf8")).definitions.map((each) => ("name" in each ? each.name?.value : basename(file))),
  );
  expect(names).toEqual([...new Set(names)]);
});
