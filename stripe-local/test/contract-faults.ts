import { contract, flat } from "../src/contract/contract.ts";
import type { Schema } from "../src/contract/schema.ts";

type Json = Record<string, any>;

const operations = Object.entries(contract.operations).map(([name, { answer }]) => {
  const [method = "", path = ""] = name.split(" ");
  return {
    method,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`),
    varying: path.split("{").length,
    answer,
  };
});
operations.sort((a, b) => a.varying - b.varying);

/** What Stripe tells with a declined payment, which its description leaves out. */
const inErrorsOnly = /^\.error\.(charge|payment_intent|payment_method|setup_intent): unknown$/;

/** What is wrong with an answer of the API, by the contract: one line for each field; none for a good answer. */
export function faultsOfAnswer(method: string, url: URL, status: number, body: unknown): string[] {
  if (status >= 400) {
    const faults = faultsOf({ $ref: "#/components/schemas/Error" }, body, "");
    return faults.filter((fault) => !inErrorsOnly.test(fault));
  }
  const operation = operations.find((each) => each.method === method && each.pattern.test(url.pathname));
  if (!operation) return [`${method} ${url.pathname} is not in the contract`];
  return faultsOf(operation.answer, body, "");
}

/** What is wrong with an event, likewise: also with the object in it. */
export function faultsOfEvent(event: Json): string[] {
  const names = contract.eventObjects[event["type"]];
  const faults = faultsOf({ $ref: "#/components/schemas/WebhookEvent" }, event, "");
  if (!names) return [...faults, `no served object has events of type ${event["type"]}`];
  const anyOf = names.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  const isWithoutPast = String(event["type"]).endsWith(".updated") && !event["data"]?.previous_attributes;
  return [
    ...faults,
    ...faultsOf({ anyOf }, event["data"]?.object, "data.object"),
    ...(isWithoutPast ? [`${event["type"]} without previous_attributes`] : []),
  ];
}

function faultsOf(schema: Schema, value: unknown, at: string): string[] {
  const resolved = flat(schema);
  if (value === undefined) return [];
  if (value === null) {
    const isAnything = Object.keys(resolved).length === 0;
    const isNullable = resolved.nullable || isAnything || resolved.anyOf?.some((one) => flat(one).nullable);
    return isNullable ? [] : [`${at}: null`];
  }
  if (resolved.anyOf) return faultsOfAlternatives(resolved.anyOf, value, at);
  if (resolved.type === "object" || resolved.properties) return faultsOfObject(resolved, value, at);
  if (resolved.type === "array") {
    if (!Array.isArray(value)) return [`${at}: no array`];
    return value.flatMap((one, index) => faultsOf(resolved.items ?? {}, one, `${at}[${index}]`));
  }
  return faultsOfScalar(resolved, value, at);
}

function faultsOfAlternatives(all: readonly Schema[], value: unknown, at: string): string[] {
  const kind = isObject(value) ? value["object"] : undefined;
  const isDeleted = isObject(value) && value["deleted"] === true;
  const named = all.filter((one) => flat(one).properties?.["object"]?.enum?.includes(kind));
  const fitting = named.filter((one) => Boolean(flat(one).properties?.["deleted"]?.enum) === isDeleted);
  const candidates = fitting.length > 0 ? fitting : named.length > 0 ? named : all;
  const tries = candidates.map((one) => faultsOf(one, value, at));
  return tries.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

function faultsOfObject(schema: Schema, value: unknown, at: string): string[] {
  if (!isObject(value)) return [`${at}: no object`];
  if (schema["x-opaque"]) return value["id"] && value["object"] ? [] : [`${at}: neither id nor object`];
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${at}.${name}: missing`);
  const inside = Object.entries(value).flatMap(([name, inner]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known) return faultsOf(known, inner, `${at}.${name}`);
    if (typeof additionalProperties === "object") return faultsOf(additionalProperties, inner, `${at}.${name}`);
    return Object.keys(properties).length > 0 && !additionalProperties ? [`${at}.${name}: unknown`] : [];
  });
  return [...missing, ...inside];
}

function faultsOfScalar({ type, enum: values, format, pattern }: Schema, value: unknown, at: string): string[] {
  const told = JSON.stringify(value);
  if (values) return values.includes(value as string) ? [] : [`${at}: ${told} is none of ${values.join(", ")}`];
  if (type === "integer") return Number.isInteger(value) ? [] : [`${at}: ${told} is no integer`];
  if (type !== undefined && typeof value !== type) return [`${at}: ${told} is no ${type}`];
  if (typeof value !== "string") return [];
  if (format === "decimal" && !/^-?\d+(\.\d+)?$/.test(value)) return [`${at}: ${told} is no decimal`];
  return pattern && !new RegExp(pattern).test(value) ? [`${at}: ${told} is not like ${pattern}`] : [];
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
