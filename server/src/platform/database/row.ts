/** An instant of a row: drivers give a Date or PostgreSQL's text for one. */
export const instant = (value: unknown): Date => {
  if (value instanceof Date) return value;
  if (typeof value === "string" || typeof value === "number") return new Date(value);
  throw new TypeError("not an instant");
};

const UTC_TEXT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?\+00$/;

/** PostgreSQL's text for an instant. That of the common kind is ISO 8601 but for two characters, which is read several times faster. */
export const instantFromText = (text: string): Date =>
  new Date(UTC_TEXT.test(text) ? `${text.slice(0, 10)}T${text.slice(11, -3)}Z` : text);

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
