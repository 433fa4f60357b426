import { GraphQLObjectType } from "graphql";
import { expect, test } from "vitest";
import { buildBareSchema, permissions } from "../src/app/build-schema.ts";
import { entities } from "../src/app/entities.ts";
import { features } from "../src/app/features.ts";

const schema = buildBareSchema();
const roots = [schema.getQueryType(), schema.getMutationType()].filter((root) => root instanceof GraphQLObjectType);

test("each root field has a rule of its own", () => {
  const without = roots.flatMap((root) => {
    const rules = permissions[root.name] as Record<string, unknown>;
    return Object.keys(root.getFields()).filter((field) => rules[field] === undefined);
  });
  expect(without).toEqual([]);
});

test("each rule is for a field or type that exists", () => {
  const strays = Object.entries(permissions).flatMap(([type, rules]) => {
    const known = schema.getType(type);
    if (!known) return [type];
    if (!(known instanceof GraphQLObjectType) || Object.getPrototypeOf(rules) !== Object.prototype) return [];
    return Object.keys(rules as object).flatMap((field) => (known.getFields()[field] ? [] : [`${type}.${field}`]));
  });
  expect(strays).toEqual([]);
});

test("each object type is allowed by somebody, as a whole or field by field", () => {
  const forgotten = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!(type instanceof GraphQLObjectType) || type.name.startsWith("__")) return [];
    const rules = permissions[type.name];
    if (rules === undefined) return [type.name];
    if (Object.getPrototypeOf(rules) !== Object.prototype) return [];
    return Object.keys(type.getFields()).flatMap((field) =>
      (rules as Record<string, unknown>)[field] === undefined ? [`${type.name}.${field}`] : [],
    );
  });
  expect(forgotten).toEqual([]);
});

test("the list of tables holds those of all features, and no other", () => {
  const ofFeatures = features.flatMap((feature) => feature.entities.map(({ meta }) => meta.tableName));
  expect(entities.map(({ meta }) => meta.tableName).toSorted()).toEqual(ofFeatures.toSorted());
});
