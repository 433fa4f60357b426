import {
  type DocumentNode,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
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
    if (!mayBeCompiled(operation)) return null;
    const name = operation.name?.value ?? "";
    const operations = known.get(document);
    if (!operations) {
      known.set(document, new Map());
      return null;
    }
    const found = operations.get(name);
    if (found !== undefined) return found;
    const made = compileQuery(schema, document, name);
    const compiled = isCompiledQuery(made) ? made : null;
    operations.set(name, compiled);
    return compiled;
  };

  return async (given) => {
    const compiled = compiledOf(given);
    if (!compiled) return execute(argsOf(given));
    const result = await compiled.query(undefined, given.context, given.variables);
    // Variables that do not fit: nothing has run, and the faults are told in the one wording.
    return result.data === undefined ? execute(argsOf(given)) : result;
  };
}

/** Queries are; a mutation's time goes elsewhere, and what asks for the schema is asked once. */
const mayBeCompiled = ({ operation, selectionSet }: OperationDefinitionNode): boolean =>
  operation === OperationTypeNode.QUERY &&
  !selectionSet.selections.some((field) => field.kind === Kind.FIELD && field.name.value.startsWith("__"));

const argsOf = ({ schema, document, operation, variables, context }: OperationToExecute): ExecutionArgs => ({
  schema,
  document,
  operationName: operation.name?.value ?? null,
  variableValues: variables,
  contextValue: context,
});
