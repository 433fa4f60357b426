import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import {
  buildSchema,
  type FieldNode,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { expect, test } from "vitest";
import { cacheKeys, mergedTypes } from "../src/lib/cache-keys";

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

const definitions = globSync(`${import.meta.dirname}/../src/**/*.graphql`).flatMap(
  (file) => parse(readFileSync(file, "utf8")).definitions,
);
const fragments = new Map(
  definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each.selectionSet]] : [])),
);

/** What is asked for of an object, that of fragments included. */
const fieldsOf = ({ selections }: SelectionSetNode): string[] =>
  selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    const set = selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value);
    return set ? fieldsOf(set) : [];
  });

/** Fields whose object has no key and of which not every document asks for the same: the later would lose what the earlier had. */
function losing(): string[] {
  const asked = new Map<string, Set<string>>();
  const info = new TypeInfo(schema);
  const enter = (name: string, set: SelectionSetNode): void => {
    const [type, parent] = [getNullableType(info.getType()), info.getParentType()];
    if (!isObjectType(type) || isListType(type) || mergedTypes.includes(type.name)) return;
    if (parent === schema.getMutationType() || keysOf(type.name, type.getFields()).length > 0) return;
    const field = `${parent?.name}.${name}`;
    asked.set(field, (asked.get(field) ?? new Set()).add([...new Set(fieldsOf(set))].toSorted().join(" ")));
  };
  const Field = (field: FieldNode): void => {
    // With arguments the cache keeps each apart.
    if (field.selectionSet && field.arguments?.length === 0) enter(field.name.value, field.selectionSet);
  };
  for (const definition of definitions) visit(definition, visitWithTypeInfo(info, { Field }));
  return [...asked].filter(([, sets]) => sets.size > 1).map(([field]) => field);
}

test("what documents ask for of an object without a key is the same, or merged", () => {
  expect(losing()).toEqual([]);
});

test("each document is named once in the app", () => {
  const names = globSync(`${import.meta.dirname}/../src/**/*.graphql`).flatMap((file) =>
    parse(readFileSync(file, "utf8")).definitions.map((each) => ("name" in each ? each.name?.value : basename(file))),
  );
  expect(names).toEqual([...new Set(names)]);
});
