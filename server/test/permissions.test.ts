import { getNamedType, type GraphQLObjectType, isObjectType } from "graphql";
import { allow } from "graphql-shield";
import { describe, expect, test } from "vitest";
import { buildBareSchema, permissions } from "../src/app/build-schema.ts";
import { entities } from "../src/app/entities.ts";
import { features } from "../src/app/features.ts";
import { operationFor, rootFields } from "./operations.ts";
import { newWorld } from "./world.ts";

const schema = buildBareSchema();

/** What anybody may ask and do, without credentials. */
const publicFields = [
  "plans",
  "viewer",
  "sandboxClock",
  "invitation",
  "signUp",
  "logIn",
  "logOut",
  "requestPasswordReset",
  "resetPassword",
  "acceptInvitation",
];

describe("every root field has a rule of its own", () => {
  test.each(rootFields(schema))("$type.$name", ({ type, name }) => {
    const rules = permissions[type] as Record<string, unknown>;
    expect(Object.keys(rules)).toContain(name);
    expect(rules[name] === allow).toBe(publicFields.includes(name));
  });

  test("and no rule is left over for a field that is gone", () => {
    const known = Object.values(schema.getTypeMap()).filter(isObjectType);
    for (const [type, rules] of Object.entries(permissions)) {
      const fields = known.find(({ name }) => name === type)?.getFields();
      expect([type, fields !== undefined]).toEqual([type, true]);
      const named = Object.getPrototypeOf(rules) === Object.prototype ? Object.keys(rules as object) : [];
      expect([type, named.filter((name) => !(name in fields!))]).toEqual([type, []]);
    }
  });
});

test("every type is allowed as a whole, or each of its fields has a rule", () => {
  const types = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith("__"),
  );
  const open = types.flatMap((type) => {
    const rules = permissions[type.name] as object | undefined;
    if (rules === allow) return [];
    return Object.keys(type.getFields())
      .filter((name) => !(name in (rules ?? {})))
      .map((name) => `${type.name}.${name}`);
  });
  expect(open).toEqual([]);
});

test("every mutation takes one input, and answers with what came of it", () => {
  const odd = Object.values(schema.getMutationType()!.getFields())
    .filter(
      ({ name, args }) =>
        args.length > 1 || (args[0] && getNamedType(args[0].type).name.toLowerCase() !== `${name}input`.toLowerCase()),
    )
    .map(({ name }) => name);
  // A service key is made of the same as an organization's; the contract names the input of a preview.
  expect(odd).toEqual(["createServiceKey", "previewPlanChange"]);
});

test("the list of entities holds those of all features, and no others", () => {
  const names = (list: readonly { meta: { className: string } }[]): string[] =>
    list.map(({ meta }) => meta.className).toSorted((a, b) => (a < b ? -1 : 1));
  expect(names(entities)).toEqual(names(features.flatMap((feature) => feature.entities)));
});

describe("without credentials", () => {
  test.each(rootFields(schema).filter(({ name }) => !publicFields.includes(name)))(
    "$type.$name asks to log in, and tells nothing",
    async ({ type, name }) => {
      const world = await newWorld();
      const { query, variables } = operationFor(schema, type, name);
      const { data, errors } = await world.anyone().ask(query, variables);
      expect(data?.[name] ?? null).toBeNull();
      expect(errors!.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
    },
  );
});

test("a key without a scope reaches nothing but what is public and itself", async () => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const key = await world.apiKey(owner, ["audit:read"]);
  for (const { type, name } of rootFields(schema).filter((field) => !publicFields.includes(field.name))) {
    const { query, variables } = operationFor(schema, type, name);
    const { errors } = await key.ask(query, variables);
    // Its own organization it may reach, for the part that its scopes open; the one that is asked for is not its own.
    const codes = name === "organization" ? ["NOT_FOUND"] : ["FORBIDDEN", "UNAUTHENTICATED"];
    expect([name, codes.includes(errors?.[0]?.extensions.code ?? "")]).toEqual([name, true]);
  }
});
