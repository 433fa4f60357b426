import { isUuid } from "../id.ts";
import { badInput, notFound } from "./errors.ts";

/** Control characters, also the NUL that PostgreSQL cannot hold, and those that turn the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/**
 * One line that a person typed, without the white space around it.
 *
 * @param what the argument's name, for the message
 * @throws EdgeFault when it is empty, too long or holds characters that cannot be shown
 */
export function readLine(value: string, what: string, maxLength: number): string {
  const line = value.trim();
  if (line === "") throw badInput(`${what} must not be empty.`);
  if (line.length > maxLength) throw badInput(`${what} may have ${maxLength} characters; this one has ${line.length}.`);
  if (UNPRINTABLE.test(line) || !line.isWellFormed())
    throw badInput(`${what} must be one line of printable characters.`);
  return line;
}

/** An id from outside. One that is none of ours names nothing. @throws EdgeFault NOT_FOUND */
export function readId(value: string, what: string): string {
  if (!isUuid(value)) throw notFound(what);
  return value;
}
