import type { GraphQLRequestContextDidResolveOperation } from "@apollo/server";
import {
  type ASTNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type ValueNode,
  separateOperations,
  visit,
} from "graphql";
import {
  fieldExtensionsEstimator,
  getComplexity,
  simpleEstimator,
  type ComplexityEstimator,
} from "graphql-query-complexity";
import type { Context } from "./context.ts";
import { DEFAULT_PAGE, MAX_PAGE } from "./connection.ts";
import { badInput } from "./errors.ts";

/** Fields that one operation may cost: a page of n costs n times its node. */
const MAX_COST = 20_000;
const MAX_BATCH = 1_000;

/** Multiplies what lies below a list by the page that is asked for. */
const pageEstimator: ComplexityEstimator = ({ args, childComplexity, field }) => {
  const paged = field.args.some(({ name }) => name === "first");
  if (!paged) return undefined;
  const first: unknown = args["first"];
  return 1 + childComplexity * (typeof first === "number" && first > 0 ? Math.min(first, MAX_PAGE) : DEFAULT_PAGE);
};

/**
 * Refuses costly operations, large pages and large batches before anything runs.
 *
 * @throws EdgeFault BAD_USER_INPUT
 */
export function checkLimits({ request, document, operation, schema }: OperationRequest): void {
  if (!operation) return;
  if (operation.operation === OperationTypeNode.SUBSCRIPTION)
    throw badInput("There are no subscriptions. Ask again, or poll.");
  const variables = request.variables ?? {};
  checkValues(variables, 0);
  const name = operation.name?.value ?? "";
  if (passed.get(document)?.has(name)) return;
  // The operation alone: others in the document do not run.
  const query = operation.name ? (separateOperations(document)[operation.name.value] ?? document) : document;
  checkPages(query, { ...defaultsOf(operation), ...variables });
  const cost = costOf(schema, query, variables, operation.name?.value);
  if (cost > MAX_COST)
    throw badInput(`The operation costs ${cost}, and ${MAX_COST} is allowed. Ask for fewer fields or smaller pages.`);
  if (!dependsOnVariables(query)) passed.set(document, (passed.get(document) ?? new Set()).add(name));
}

/**
 * Operations that pass whatever their variables are, by the parsed document, which the server keeps
 * for a text that it has seen before: one that is asked thousands of times a second is counted once.
 */
const passed = new WeakMap<ASTNode, Set<string>>();

/** True when the cost or the pages of an operation are a matter of its variables. */
function dependsOnVariables(query: ASTNode): boolean {
  let depends = false;
  visit(query, {
    Argument: ({ name, value }) => {
      if (name.value === "first" && value.kind === Kind.VARIABLE) depends = true;
    },
    Directive: ({ arguments: given = [] }) => {
      if (given.some(({ value }) => value.kind === Kind.VARIABLE)) depends = true;
    },
  });
  return depends;
}

/** What an operation's limits depend on. */
export type OperationRequest = Pick<
  GraphQLRequestContextDidResolveOperation<Context>,
  "request" | "document" | "operation" | "schema"
>;

function costOf(
  schema: GraphQLSchema,
  query: Parameters<typeof getComplexity>[0]["query"],
  variables: Record<string, unknown>,
  operationName: string | undefined,
): number {
  try {
    return getComplexity({
      schema,
      query,
      variables,
      ...(operationName !== undefined && { operationName }),
      estimators: [pageEstimator, fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })],
    });
  } catch (error) {
    // Variables that do not fit their types are told here first.
    if (error instanceof GraphQLError) throw badInput(error.message);
    throw error;
  }
}

/** Lists of input are batches; objects within them may be deep only as far as people write them. */
function checkValues(value: unknown, depth: number): void {
  if (typeof value !== "object" || value === null) return;
  if (depth > 24) throw badInput("The variables are nested too deeply: 24 levels are allowed.");
  if (Array.isArray(value) && value.length > MAX_BATCH)
    throw badInput(`A list may hold ${MAX_BATCH} entries; this one has ${value.length}.`);
  for (const part of Object.values(value)) checkValues(part, depth + 1);
}

function checkPages(document: ASTNode, variables: Record<string, unknown>): void {
  visit(document, {
    Argument: ({ name, value }) => {
      if (name.value !== "first") return;
      const size = numberOf(value, variables);
      if (size !== null && (size < 1 || size > MAX_PAGE))
        throw badInput(`first must be from 1 to ${MAX_PAGE}; ${size} was asked for.`);
    },
    ListValue: ({ values }) => {
      if (values.length > MAX_BATCH)
        throw badInput(`A list may hold ${MAX_BATCH} entries; this one has ${values.length}.`);
    },
  });
}

/** What whole numbers the operation's variables are when they are left out. */
const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );

function numberOf(value: ValueNode, variables: Record<string, unknown>): number | null {
  if (value.kind === Kind.INT) return Number(value.value);
  const given = value.kind === Kind.VARIABLE ? variables[value.name.value] : null;
  return typeof given === "number" ? given : null;
}
