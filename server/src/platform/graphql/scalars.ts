import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { GraphQLJSON } from "graphql-scalars";

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const FIRST_YEAR_MS = Date.UTC(1970, 0, 1);
const LAST_YEAR_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** ISO 8601 with a zone, in; UTC with milliseconds, out. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: "DateTime",
  description: "An instant as ISO 8601 with a time zone, e.g. 2026-03-01T00:00:00Z. Answers are in UTC.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339",
  serialize: (value) => {
    if (value instanceof Date) return value.toISOString();
    throw new TypeError("DateTime is made from a Date");
  },
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(textOf(node)),
});

function parseDateTime(value: unknown): Date {
  const instant = typeof value === "string" && DATE_TIME.test(value) ? new Date(value) : null;
  if (instant === null || Number.isNaN(instant.getTime()) || !sameDay(instant, value as string)) {
    throw badValue(`DateTime must be ISO 8601 with a time zone, such as 2026-03-01T00:00:00Z.`);
  }
  if (instant.getTime() < FIRST_YEAR_MS || instant.getTime() > LAST_YEAR_MS)
    throw badValue("DateTime must lie between the years 1970 and 9999.");
  return instant;
}

/** JavaScript reads 30 February as 2 March; a wrong day is refused instead. */
function sameDay(instant: Date, text: string): boolean {
  // Every month has 28 days, and batches have many instants to read.
  if (Number(text.slice(8, 10)) <= 28) return true;
  const local = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return (
    !Number.isNaN(local.getTime()) &&
    local.toISOString().startsWith(text.slice(0, 10)) &&
    Math.abs(instant.getTime() - local.getTime()) < 3 * 86_400_000
  );
}

const DECIMAL = /^[+-]?\d{1,30}(\.\d{1,30})?$/;

/** An exact decimal as a string; whole JSON numbers are taken too, since they are exact. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: "Decimal",
  description:
    'An exact decimal number as a string, e.g. "0.0015": at most 30 digits before and 30 after the point, no exponent.',
  serialize: (value) => {
    if (typeof value === "string") return value;
    throw new TypeError("Decimal is made from a string");
  },
  parseValue: parseDecimalInput,
  parseLiteral: (node) => parseDecimalInput(textOf(node)),
});

function parseDecimalInput(value: unknown): string {
  const text = typeof value === "number" && Number.isSafeInteger(value) ? value.toString() : value;
  if (typeof text === "string" && DECIMAL.test(text)) return text.startsWith("+") ? text.slice(1) : text;
  if (typeof value === "number")
    throw badValue('Decimal must be a string, such as "0.0015": a JSON number is not exact.');
  throw badValue('Decimal must be a plain decimal string, such as "0.0015".');
}

const WHOLE = /^-?\d{1,19}$/;

/** A whole number of up to 19 digits: a string out, since JSON numbers are exact to 2^53 only; either in. */
export const BigIntScalar = new GraphQLScalarType<bigint, string>({
  name: "BigInt",
  description:
    "A whole number of up to 19 digits. Answers are strings; input may be a string or a JSON number up to 9007199254740991.",
  serialize: (value) => {
    if (typeof value === "bigint") return value.toString();
    throw new TypeError("BigInt is made from a bigint");
  },
  parseValue: parseWhole,
  parseLiteral: (node) => parseWhole(textOf(node)),
});

function parseWhole(value: unknown): bigint {
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === "string" && WHOLE.test(value)) return BigInt(value);
  throw badValue("BigInt must be a whole number of up to 19 digits; past 9007199254740991 send it as a string.");
}

export const JsonScalar = GraphQLJSON;

function textOf(node: ValueNode): unknown {
  return node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : undefined;
}

const badValue = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
