/** An instant of a row: drivers give a Date or PostgreSQL's text for one. */
export const instant = (value: unknown): Date => {
  if (value instanceof Date) return value;
  if (typeof value === "string" || typeof value === "number") return new Date(value);
  throw new TypeError("not an instant");
};

/** Two digits of a text. */
const pair = (text: string, at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

/**
 * PostgreSQL's text for an instant, to the millisecond. That of the common kind (a year from
 * 1000 to 9999, in UTC) is read by its places, several times faster than by the engine; the rest by the engine.
 */
export function instantFromText(text: string): Date {
  const isCommon = text.length >= 22 && text[0] !== "0" && text[4] === "-" && text[10] === " " && text.endsWith("+00");
  if (!isCommon) return new Date(text);
  let ms = 0;
  for (let at = 20, worth = 100; worth >= 1 && at < text.length - 3; at += 1, worth /= 10)
    ms += (text.charCodeAt(at) - 48) * worth;
  return new Date(
    Date.UTC(
      pair(text, 0) * 100 + pair(text, 2),
      pair(text, 5) - 1,
      pair(text, 8),
      pair(text, 11),
      pair(text, 14),
      pair(text, 17),
      ms,
    ),
  );
}

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
