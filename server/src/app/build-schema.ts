import "reflect-metadata";
import type { GraphQLObjectType, GraphQLSchema } from "graphql";
import { applyMiddleware, type IMiddleware } from "graphql-middleware";
import { allow, deny, type IRules, shield } from "graphql-shield";
import { buildSchemaSync, type NonEmptyArray } from "type-graphql";
import { EdgeFault } from "../platform/graphql/errors.ts";
import { features } from "./features.ts";

type RuleTree = Record<string, unknown>;

/** The rules of all features, joined by type and field. */
export const permissions: RuleTree = joined();

/** The schema without its rules, as it is printed. */
export function buildBareSchema(): GraphQLSchema {
  const resolvers = features.flatMap((feature) => feature.resolvers) as unknown as NonEmptyArray<new () => object>;
  // Inputs are checked by the use cases that know the rules, not by decorators.
  const schema = buildSchemaSync({ resolvers, validate: false, emitSchemaFile: false });
  describe(schema.getQueryType(), "What can be read. One query sees one moment: its figures fit together.");
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
 * Types that are allowed as a whole are left unwrapped, since a rule on each field of each row is
 * what makes lists slow; a type that nobody allowed stays wrapped and refuses.
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
  ) as Record<string, unknown>;
  const guarded = Object.entries(middleware).filter(([type]) => permissions[type] !== allow);
  return applyMiddleware(schema, Object.fromEntries(guarded) as IMiddleware);
}

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
