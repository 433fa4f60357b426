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
  type OperationDefinitionNode,
  OperationTypeNode,
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
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: Context;
};

/** A document that is asked over and over is compiled; so many at most, those asked last. */
const MOST_COMPILED = 500;

/** The compiled operations of a document by name; null for those that are interpreted. */
type Compiled = Map<string, CompiledQuery | null>;

/** @returns how operations are executed, with what it compiles kept */
export function createExecutor(): (operation: OperationToExecute) => Promise<ExecutionResult> {
  const known = new Recent<DocumentNode, Compiled>(MOST_COMPILED);

  /** Nothing for an operation that comes for the first time: compiling costs more than interpreting once. */
  const compiledOf = ({ schema, document, operation }: OperationToExecute): CompiledQuery | null => {
    if (operation.operation !== OperationTypeNode.QUERY) return null;
    const name = operation.name?.value ?? "";
    const operations = known.get(document);
    if (!operations) {
      known.set(document, new Map());
      return null;
    }
    const found = operations.get(name);
    if (found !== undefined) return found;
    const made = mayBeCompiled(schema, document) ? compileQuery(schema, document, name) : null;
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

/**
 * All but documents that ask for the schema, which are asked once, and for a union or an interface:
 * the compiler does not wait for the word on which member a value is.
 */
function mayBeCompiled(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let may = true;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        if (name.value === "__schema" || name.value === "__type" || isAbstractType(getNamedType(types.getType())))
          may = false;
        return may ? undefined : BREAK;
      },
    }),
  );
  return may;
}

/** An error of compiled code as the interpreter makes them: with extensions, though they are none. */
const complete = (error: GraphQLError): GraphQLError =>
  Object.assign(new GraphQLError(error.message, { path: error.path, originalError: error.originalError }), {
    locations: error.locations,
  });

const argsOf = ({ schema, document, operation, variables, context }: OperationToExecute): ExecutionArgs => ({
  schema,
  document,
  operationName: operation.name?.value ?? null,
  variableValues: variables,
  contextValue: context,
});
