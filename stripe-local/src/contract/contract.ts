import { readFileSync } from "node:fs";
import type { Contract, Operation, Schema } from "./schema.ts";

const REF = "#/components/schemas/";

/** What is kept of Stripe's API description, read once. */
export const contract = JSON.parse(
  readFileSync(new URL("../../contract/contract.json", import.meta.url), "utf8"),
) as Contract;

/** The version of the API that the stand-in speaks. */
export const apiVersion = contract.apiVersion;

const operations = new Map(
  Object.entries(contract.operations).map(([name, operation]) => [name.replace(/\{\w+\}/g, "{}"), operation]),
);

/**
 * The operation behind a route.
 *
 * @param path with ":name" for what varies, for instance "/v1/customers/:id"
 * @throws Error when the contract does not have it
 */
export function operationOf(method: string, path: string): Operation {
  const found = operations.get(`${method} ${path.replace(/:\w+/g, "{}")}`);
  if (!found) throw new Error(`${method} ${path} is not in the contract: name it in contract/served.ts.`);
  return found;
}

/** The schema of a component by its name, for instance "WebhookEvent". */
function schemaNamed(name: string): Schema {
  const found = contract.schemas[name];
  if (!found) throw new Error(`The contract has no schema ${name}.`);
  return found;
}

/** Follows references and unwraps the lone schema in an `allOf`. */
export function flat(schema: Schema): Schema {
  if (schema.$ref) return flat(schemaNamed(schema.$ref.slice(REF.length)));
  const only = schema.allOf?.length === 1 ? schema.allOf[0] : undefined;
  return only ? { ...flat(only), ...(schema.nullable ? { nullable: true } : {}) } : schema;
}

/** All that a value may be. */
export function alternatives(schema: Schema): Schema[] {
  const resolved = flat(schema);
  return resolved.anyOf ? resolved.anyOf.flatMap(alternatives) : [resolved];
}
