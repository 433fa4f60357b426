import { flat } from "./contract.ts";
import type { Schema } from "./schema.ts";

/** A request's parameter that cannot be, in Stripe's words and codes. */
export class ParamFault extends Error {
  override readonly name = "ParamFault";
  /** As Stripe writes it, for instance "items[0][price]". */
  readonly param: string;
  readonly code: string | null;

  constructor(param: string, message: string, code: string | null = null) {
    super(message);
    this.param = param;
    this.code = code;
  }
}

const MAX_METADATA_KEYS = 50;
const MAX_METADATA_KEY = 40;
const MAX_METADATA_VALUE = 500;
/** Beyond it lies what somebody counted in milliseconds. */
const MAX_TIMESTAMP = 99_999_999_999;

/**
 * Checks the decoded form of a request against its schema and gives the values their types: integers, booleans,
 * strings (decimals too), and "" where a value may be cleared.
 *
 * @throws ParamFault for the first parameter that is unknown, missing or malformed
 */
export function readParams(schema: Schema | null, given: Record<string, unknown>): Record<string, unknown> {
  if (schema === null) return readObject({ properties: {}, additionalProperties: false }, given, "");
  return readObject(flat(schema), given, "");
}

function readValue(schema: Schema, given: unknown, at: string): unknown {
  const resolved = flat(schema);
  if (resolved.anyOf) return readAlternative(resolved.anyOf, given, at);
  if (resolved.type === "object") return readObject(resolved, given, at);
  if (resolved.type === "array") return readArray(resolved, given, at);
  if (typeof given !== "string") throw new ParamFault(at, `Invalid ${resolved.type ?? "string"}`);
  return readScalar(resolved, given, at);
}

function readAlternative(all: readonly Schema[], given: unknown, at: string): unknown {
  const faults: { fault: ParamFault; fits: boolean }[] = [];
  for (const one of all) {
    try {
      return readValue(one, given, at);
    } catch (fault) {
      if (!(fault instanceof ParamFault)) throw fault;
      const { type, enum: values } = flat(one);
      const isNested = type === "object" || type === "array";
      const isClear = values?.length === 1 && values[0] === "";
      faults.push({ fault, fits: isNested === (typeof given === "object") && !isClear });
    }
  }
  // What is wrong with the alternative that was meant says more than that none fits.
  throw (faults.find(({ fits }) => fits) ?? faults[0])?.fault ?? new ParamFault(at, "Invalid value");
}

function readObject(schema: Schema, given: unknown, at: string): Record<string, unknown> {
  if (given === "") throw emptyFault(at);
  if (typeof given !== "object" || given === null || Array.isArray(given)) throw new ParamFault(at, "Invalid object");
  const { properties = {}, required = [], additionalProperties } = schema;
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const inside = at === "" ? name : `${at}[${name}]`;
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known) read[name] = name === "metadata" ? readMetadata(known, value, inside) : readValue(known, value, inside);
    else if (typeof additionalProperties === "object") read[name] = readValue(additionalProperties, value, inside);
    else if (schema["x-not-served"]?.includes(name)) {
      throw new ParamFault(inside, `stripe-local does not serve the parameter ${inside}, which Stripe knows.`);
    } else if (additionalProperties === false) {
      throw new ParamFault(inside, `Received unknown parameter: ${inside}`, "parameter_unknown");
    } else read[name] = value;
  }
  for (const name of required) {
    const inside = at === "" ? name : `${at}[${name}]`;
    if (!Object.hasOwn(given, name))
      throw new ParamFault(inside, `Missing required param: ${inside}.`, "parameter_missing");
  }
  return read;
}

function readArray({ items = {} }: Schema, given: unknown, at: string): unknown[] {
  if (given === "") throw emptyFault(at);
  if (!Array.isArray(given)) throw new ParamFault(at, "Invalid array");
  return given.map((value, index) => readValue(items, value, `${at}[${index}]`));
}

function readMetadata(schema: Schema, given: unknown, at: string): unknown {
  const read = readValue(schema, given, at);
  if (typeof read !== "object" || read === null) return read;
  const entries = Object.entries(read as Record<string, string>);
  if (entries.length > MAX_METADATA_KEYS) {
    throw new ParamFault(at, `You can have at most ${MAX_METADATA_KEYS} metadata keys; you sent ${entries.length}.`);
  }
  for (const [key, value] of entries) {
    if (key.length > MAX_METADATA_KEY) {
      throw new ParamFault(
        at,
        `Metadata keys must be under ${MAX_METADATA_KEY} characters in length. You passed in a key with length ${key.length}.`,
      );
    }
    if (value.length > MAX_METADATA_VALUE) {
      throw new ParamFault(
        at,
        `Metadata values must be under ${MAX_METADATA_VALUE} characters, but you passed in a value that is ${value.length} characters.`,
      );
    }
  }
  return read;
}

function readScalar({ type, enum: values, format }: Schema, given: string, at: string): unknown {
  if (values) {
    if (!values.map(String).includes(given)) throw given === "" ? emptyFault(at) : enumFault(at, values);
    return values.find((value) => String(value) === given);
  }
  if (given === "" && type !== "string") throw emptyFault(at);
  switch (type) {
    case "integer":
      return readInteger(given, at);
    case "number":
      if (!/^-?\d+(\.\d+)?$/.test(given)) throw new ParamFault(at, `Invalid number: ${given}`);
      return Number(given);
    case "boolean":
      if (given !== "true" && given !== "false") throw new ParamFault(at, `Invalid boolean: ${given}`);
      return given === "true";
    default:
      if (format === "decimal" && !/^-?\d+(\.\d{1,12})?$/.test(given)) {
        throw new ParamFault(at, `Invalid decimal: ${given}; must contain at maximum 12 decimal places.`);
      }
      return given;
  }
}

function readInteger(given: string, at: string): number {
  const value = Number(given);
  if (!/^-?\d+$/.test(given) || !Number.isSafeInteger(value)) {
    throw new ParamFault(at, `Invalid integer: ${given}`, "parameter_invalid_integer");
  }
  const name = /(\w+)\]?$/.exec(at)?.[1] ?? at;
  if (/(^|_)(timestamp|end|start|at|date|anchor|gte?|lte?)$/.test(name) && value > MAX_TIMESTAMP) {
    throw new ParamFault(at, `Invalid timestamp: ${given} is not a time in seconds.`, "parameter_invalid_integer");
  }
  if (at === "limit" && (value < 1 || value > 100)) {
    const bound = value < 1 ? "greater than or equal to 1" : "less than or equal to 100";
    throw new ParamFault(at, `This value must be ${bound} (it currently is '${value}').`, "parameter_invalid_integer");
  }
  return value;
}

const enumFault = (at: string, values: readonly (string | boolean)[]): ParamFault =>
  new ParamFault(at, `Invalid ${at}: must be one of ${values.filter((value) => value !== "").join(", ")}`);

const emptyFault = (at: string): ParamFault =>
  new ParamFault(
    at,
    `You passed an empty string for '${at}'. We assume empty values are an attempt to unset a parameter; however '${at}' cannot be unset. You should remove '${at}' from your request or supply a non-empty value.`,
    "parameter_invalid_empty",
  );
