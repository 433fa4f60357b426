import {
  BREAK,
  type DocumentNode,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  getNamedType,
  GraphQLError,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { Recent } from "../recent.ts";
import type { Context } from "./context.ts";

/** What is executed: an operation of a document that was found valid. */
export type OperationToExecute = {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** None when the document has not the one that was asked for, which executing tells. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: Context;
};

/** A document that is asked over and over is compiled; so many at most, those asked last. */
const MOST_COMPILED = 250;
/** Operations of more fields, fragments written out, are interpreted: code is made for each of them. */
const MOST_FIELDS = 500;

/** The compiled operations of a document by name; null for those that are interpreted. */
type Compiled = Map<string, CompiledQuery | null>;

export type Executor = (operation: OperationToExecute) => Promise<ExecutionResult>;

/** @returns how operations are executed, with what it compiles kept */
export function createExecutor(): Executor {
  const known = new Recent<DocumentNode, Compiled>(MOST_COMPILED);

  /** Nothing for an operation that comes for the first time: compiling costs more than interpreting once. */
  const compiledOf = ({ schema, document, operation }: OperationToExecute): CompiledQuery | null => {
    if (!operation) return null;
    const name = operation.name?.value ?? "";
    const operations = known.get(document);
    if (!operations) {
      known.set(document, new Map());
      return null;
    }
    const found = operations.get(name);
    if (found !== undefined) return found;
    const may = isSmall(document, operation) && !asksForUnions(schema, document);
    const made = may ? compileQuery(schema, document, name) : null;
    const compiled = made !== null && isCompiledQuery(made) ? made : null;
    operations.set(name, compiled);
    return compiled;
  };

  return async (given) => {
    const compiled = compiledOf(given);
    if (!compiled) return execute(argsOf(given));
    const result = await compiled.query(undefined, given.context, given.variables);
    // Variables that do not fit: nothing has run, and the faults are told in the one wording.
    if (result.data === undefined) return execute(argsOf(given));
    return result.errors ? { ...result, errors: result.errors.map(complete) } : result;
  };
}

/** True when an operation has few enough fields to be compiled. Counts no further than it has to: fragments within fragments multiply. */
export function isSmall(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  const fragments = new Map(
    document.definitions.flatMap((part) => (part.kind === Kind.FRAGMENT_DEFINITION ? [[part.name.value, part]] : [])),
  );
  let fields = 0;
  const count = ({ selections }: SelectionSetNode): void => {
    for (const part of selections) {
      if (fields > MOST_FIELDS) return;
      if (part.kind === Kind.FIELD) fields += 1;
      const below = part.kind === Kind.FRAGMENT_SPREAD ? fragments.get(part.name.value) : part;
      if (below?.selectionSet) count(below.selectionSet);
    }
  };
  count(operation.selectionSet);
  return fields <= MOST_FIELDS;
}

/**
 * True when a document asks for a union or an interface, where the compiler does not wait for the
 * word on which member a value is, or for the schema itself, which is asked once.
 */
function asksForUnions(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let asks = false;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const type = getNamedType(types.getType());
        asks ||= name.value === "__schema" || name.value === "__type" || isAbstractType(type);
        return asks ? BREAK : undefined;
      },
    }),
  );
  return asks;
}

/** An error of compiled code as the interpreter makes them: with extensions, though they are none. */
const complete = (error: GraphQLError): GraphQLError =>
  Object.assign(new GraphQLError(error.message, { path: error.path, originalError: error.originalError }), {
    locations: error.locations,
  });

const argsOf = ({ schema, document, operationName, variables, context }: OperationToExecute): ExecutionArgs => ({
  schema,
  document,
  operationName: operationName ?? null,
  variableValues: variables,
  contextValue: context,
});
