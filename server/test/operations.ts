import {
  getNamedType,
  getNullableType,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from "graphql";

export type RootField = { readonly type: "Query" | "Mutation"; readonly name: string };

/** All that can be asked and done. */
export const rootFields = (schema: GraphQLSchema): RootField[] =>
  (["Query", "Mutation"] as const).flatMap((type) =>
    Object.keys(rootOf(schema, type).getFields()).map((name) => ({ type, name })),
  );

const rootOf = (schema: GraphQLSchema, type: "Query" | "Mutation") => {
  const root = type === "Query" ? schema.getQueryType() : schema.getMutationType();
  if (!root) throw new Error(`the schema has no ${type}`);
  return root;
};

/**
 * An operation that asks for one root field and all below it, a few levels deep.
 *
 * @param id what stands in each argument that takes an id
 */
export function operationFor(
  schema: GraphQLSchema,
  type: RootField["type"],
  name: string,
  id = "01920000-0000-7000-8000-000000000000",
  depth = 3,
) {
  const field = rootOf(schema, type).getFields()[name];
  if (!field) throw new Error(`no ${type}.${name}`);
  const args = field.args.filter((arg) => isNonNullType(arg.type) || getNamedType(arg.type).name === "ID");
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(", ");
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
  return {
    query: `${type.toLowerCase()}${declared && `(${declared})`} { ${name}${given && `(${given})`} ${selectionOf(field.type, depth)} }`,
    variables: Object.fromEntries(args.map((arg) => [arg.name, valueFor(arg.type, id)])),
  };
}

const samples: Readonly<Record<string, unknown>> = {
  String: "walk@the-schema.example",
  Int: 1,
  Float: 1,
  Boolean: true,
  Decimal: "1",
  BigInt: "1",
  DateTime: "2026-03-01T00:00:00Z",
  JSON: {},
};

function valueFor(type: GraphQLInputType, id: string): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [valueFor(nullable.ofType, id)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (isInputObjectType(nullable)) {
    const fields = Object.values(nullable.getFields()).filter(
      (field) => isNonNullType(field.type) || getNamedType(field.type).name === "ID",
    );
    return Object.fromEntries(fields.map((field) => [field.name, valueFor(field.type, id)]));
  }
  return nullable.name === "ID" ? id : samples[nullable.name];
}

function selectionOf(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return "";
  if (isUnionType(named))
    return `{ __typename ${named
      .getTypes()
      .map((member) => `... on ${member.name} ${selectionOf(member, depth)}`)
      .join(" ")} }`;
  if (!isObjectType(named) && !isInterfaceType(named)) return "";
  const fields = Object.values(named.getFields()).flatMap((field) => {
    const leaf = isLeafType(getNamedType(field.type));
    if (field.args.some((arg) => isNonNullType(arg.type)) || (!leaf && depth === 0)) return [];
    const paged = field.args.some((arg) => arg.name === "first") ? "(first: 2)" : "";
    return [`${field.name}${paged} ${selectionOf(field.type, depth - 1)}`];
  });
  return `{ __typename ${fields.join(" ")} }`;
}
