/** An instant of a row: drivers give a Date or PostgreSQL's text for one. */
export const instant = (value: unknown): Date => {
  if (value instanceof Date) return value;
  if (typeof value === "string" || typeof value === "number") return new Date(value);
  throw new TypeError("not an instant");
};

export const instantOrNull = (value: unknown): Date | null =>
  value === null || value === undefined ? null : instant(value);

/** A whole number of a row: bigint and numeric columns come as text. */
export const whole = (value: unknown): bigint => {
  if (typeof value === "string" || typeof value === "number" || typeof value === "bigint") return BigInt(value);
  throw new TypeError("not a whole number");
};

export const wholeOrNull = (value: unknown): bigint | null =>
  value === null || value === undefined ? null : whole(value);

/** Ids or codes as the text of a PostgreSQL array. They hold no character that would need quotes. */
export const arrayOf = (values: readonly string[]): string => `{${values.join(",")}}`;
