// Cuts Stripe's API description down to what the stand-in serves, into contract.json. Run by hand after a change of
// served.ts or of the description: node contract/trim.ts <openapi-subset.json>
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Contract, Operation, Schema } from "../src/contract/schema.ts";
import { served } from "./served.ts";

type Content = { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
type Described = {
  readonly requestBody?: Content;
  readonly "x-query"?: { readonly schema: Schema };
  readonly responses: { readonly "200": Content };
};
type Description = {
  readonly info: { readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly "x-event-objects": Readonly<Record<string, readonly string[]>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

const ALWAYS = ["expand", "limit", "starting_after", "ending_before"];
const REF = "#/components/schemas/";

const source = process.argv[2];
if (!source) throw new Error("Name the API description: node contract/trim.ts <openapi-subset.json>");
const description = JSON.parse(readFileSync(source, "utf8")) as Description;
const all = description.components.schemas;

const operations = Object.fromEntries(Object.entries(served).map(([name, names]) => [name, operation(name, names)]));
const eventObjects = eventsOfServedObjects();
const roots = [
  ...Object.values(operations).flatMap(({ params, answer }) => [params, answer]),
  ...["WebhookEvent", "Error"].map((name) => ({ $ref: `${REF}${name}` })),
  ...Object.values(eventObjects).flatMap((names) => names.map((name) => ({ $ref: `${REF}${name}` }))),
];
const contract: Contract = {
  apiVersion: description.info.version,
  derivedFrom: `${description.info.description} Cut down to the operations and parameters of served.ts, without descriptions and without ways of paying other than cards.`,
  operations,
  eventObjects,
  schemas: reachable(roots),
};
const target = fileURLToPath(new URL("contract.json", import.meta.url));
writeFileSync(target, inLines(contract));

/** One operation and one schema in a line, so that a change shows as what it is. */
function inLines({ operations, schemas, ...rest }: Contract): string {
  const lines = (entries: object) =>
    Object.entries(entries)
      .map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(",\n");
  const head = JSON.stringify(rest, null, 1).slice(0, -2);
  return `${head},\n "operations": {\n${lines(operations)}\n },\n "schemas": {\n${lines(schemas)}\n }\n}\n`;
}

function operation(name: string, names: string): Operation {
  const [method = "", path = ""] = name.split(" ");
  const described = description.paths[path]?.[method.toLowerCase()];
  if (!described) throw new Error(`Stripe has no operation ${name}.`);
  const params =
    described.requestBody?.content["application/x-www-form-urlencoded"]?.schema ?? described["x-query"]?.schema;
  const answer = described.responses["200"].content["application/json"]?.schema;
  if (!answer) throw new Error(`${name} has no answer.`);
  return {
    params: params ? onlyServed(name, flat(params), names.split(" ").filter(Boolean)) : null,
    answer: bare(answer),
  };
}

/** Keeps the named properties; "a.b" keeps `b` alone inside `a`. */
function onlyServed(at: string, schema: Schema, names: readonly string[]): Schema {
  const properties = schema.properties ?? {};
  const inner = Map.groupBy(names, (name) => name.split(".")[0] ?? name);
  for (const name of inner.keys()) if (!properties[name]) throw new Error(`${at} has no parameter ${name}.`);

  const kept = Object.entries(properties).flatMap(([name, property]): [string, Schema][] => {
    const asked = inner.get(name);
    if (!asked) return ALWAYS.includes(name) ? [[name, bare(property)]] : [];
    const deeper = asked.filter((one) => one !== name).map((one) => one.slice(name.length + 1));
    return [[name, deeper.length === 0 ? bare(property) : narrowed(`${at} ${name}`, property, deeper)]];
  });
  const left = Object.keys(properties).filter((name) => !kept.some(([one]) => one === name));
  return {
    ...bare(schema),
    properties: Object.fromEntries(kept),
    ...(left.length > 0 ? { "x-not-served": left } : {}),
  };
}

/** Goes into an object, the elements of a list, or whichever of the alternatives has properties. */
function narrowed(at: string, schema: Schema, names: readonly string[]): Schema {
  const resolved = flat(schema);
  if (resolved.anyOf) return { ...resolved, anyOf: resolved.anyOf.map((one) => narrowed(at, one, names)) };
  if (resolved.items) return { ...resolved, items: narrowed(at, resolved.items, names) };
  return resolved.properties ? onlyServed(at, resolved, names) : schema;
}

function flat(schema: Schema): Schema {
  if (schema.$ref) {
    const found = all[schema.$ref.slice(REF.length)];
    if (!found) throw new Error(`Nothing is at ${schema.$ref}.`);
    return flat(found);
  }
  const only = schema.allOf?.length === 1 ? schema.allOf[0] : undefined;
  return only ? { ...flat(only), ...(schema.nullable ? { nullable: true } : {}) } : schema;
}

function eventsOfServedObjects(): Record<string, readonly string[]> {
  const answers = new Set(Object.keys(reachable(Object.values(operations).map(({ answer }) => answer))));
  const events = Object.entries(description["x-event-objects"]);
  return Object.fromEntries(events.filter(([, names]) => names.length > 0 && names.every((name) => answers.has(name))));
}

function reachable(from: readonly (Schema | null)[]): Record<string, Schema> {
  const found = new Map<string, Schema>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if (key === "$ref" && typeof inner === "string") follow(inner.slice(REF.length));
        else visit(inner);
      }
    }
  };
  const follow = (name: string): void => {
    const schema = all[name];
    if (!schema) throw new Error(`There is no schema ${name}.`);
    if (found.has(name)) return;
    const kept = bare(withCardsOnly(schema));
    found.set(name, kept);
    visit(kept);
  };
  from.forEach(visit);
  return Object.fromEntries([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** An object with one optional property for each way of paying keeps the card's. */
function withCardsOnly(schema: Schema): Schema {
  const { properties, required = [] } = schema;
  if (!properties?.["card"] || !properties["sepa_debit"]) return schema;
  const ways = new Set(Object.keys(all["PaymentMethodCreateParams"]?.properties ?? {}));
  const others = new Set(Object.keys(all["Charge.PaymentMethodDetails"]?.properties ?? {}));
  const kept = Object.entries(properties).filter(([name, property]) => {
    const isWay = (ways.has(name) || others.has(name)) && (property.$ref ?? property.anyOf ?? property.allOf);
    return !isWay || required.includes(name) || ["card", "billing_details"].includes(name);
  });
  return { ...schema, properties: Object.fromEntries(kept) };
}

/** Without what is there for people. */
function bare(schema: Schema): Schema {
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(
      ([key, inner]) => !(key === "description" && typeof inner === "string"),
    );
    return Object.fromEntries(entries.map(([key, inner]) => [key, strip(inner)]));
  };
  return strip(schema) as Schema;
}
