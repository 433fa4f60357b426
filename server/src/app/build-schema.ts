import "reflect-metadata";
import type { GraphQLObjectType, GraphQLSchema } from "graphql";
import { applyMiddleware, type IMiddleware } from "graphql-middleware";
import { allow, deny, type IRules, shield } from "graphql-shield";
import { buildSchemaSync, getMetadataStorage, type NonEmptyArray } from "type-graphql";
import type { Context } from "../platform/graphql/context.ts";
import { isPlainlyAllowed } from "../platform/graphql/may.ts";
import { EdgeFault } from "../platform/graphql/errors.ts";
import { features } from "./features.ts";

/** A guard of one field, as shield makes it: whom it lets through, it resolves the field for. */
type Guard = (resolve: () => unknown, parent: unknown, args: unknown, context: Context, info: unknown) => unknown;

type RuleTree = Record<string, unknown>;

/** The rules of all features, joined by type and field. */
export const permissions: RuleTree = joined();

/** The schema without its rules, as it is printed. */
export function buildBareSchema(): GraphQLSchema {
  const resolvers = features.flatMap((feature) => feature.resolvers) as unknown as NonEmptyArray<new () => object>;
  // Fields without a resolver of their own are read off their object, by nobody's function.
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers ??= true;
  // Inputs are checked by the use cases that know the rules, not by decorators.
  const schema = buildSchemaSync({ resolvers, validate: false, emitSchemaFile: false });
  describe(schema.getQueryType(), "What can be read. Each part is read as it stands at that moment.");
  describe(schema.getMutationType(), "What can be changed. Each change is one transaction; a refusal changes nothing.");
  return schema;
}

/** type-graphql makes the root types itself and leaves them without a word. */
function describe(root: GraphQLObjectType | null | undefined, description: string): void {
  if (root) root.description = description;
}

/**
 * The schema with its rules: what no rule names is refused.
 *
 * Types and fields that are allowed to everyone are left unwrapped, since a rule on each field of
 * each row is what makes lists slow; what nobody allowed stays wrapped and refuses.
 */
export function buildGuardedSchema(): GraphQLSchema {
  const schema = buildBareSchema();
  const generator = shield(permissions as IRules, {
    fallbackRule: deny,
    fallbackError: new EdgeFault("FORBIDDEN", "This is not yours to use."),
    allowExternalErrors: true,
  });
  const middleware = (generator as unknown as { generate: (schema: GraphQLSchema) => IMiddleware }).generate(
    schema,
  ) as Record<string, Record<string, Guard>>;
  const guarded = Object.entries(middleware)
    .filter(([type]) => permissions[type] !== allow)
    .map(([type, fields]) => [type, decided(fields, permissions[type])]);
  return applyMiddleware(schema, Object.fromEntries(guarded) as IMiddleware);
}

/** The fields about which something is decided: those that no rule names, and those with a rule that asks who asks. */
function decided(fields: Record<string, Guard>, rules: unknown): Record<string, Guard> {
  if (!isFieldMap(rules)) return fields;
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => rules[name] !== allow)
      .map(([name, guard]) => [name, quickly(guard, rules[name])]),
  );
}

/** Lets those through whom the rule plainly allows; everyone else meets the guard. */
const quickly =
  (guard: Guard, rule: unknown): Guard =>
  (resolve, parent, args, context, info) =>
    isPlainlyAllowed(rule, context.viewer) ? resolve() : guard(resolve, parent, args, context, info);

function joined(): RuleTree {
  const tree: RuleTree = {};
  for (const { permissions: rules } of features) {
    for (const [type, fields] of Object.entries(rules as RuleTree)) {
      const before = tree[type];
      tree[type] = isFieldMap(before) && isFieldMap(fields) ? { ...before, ...fields } : fields;
    }
  }
  return tree;
}

function isFieldMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
