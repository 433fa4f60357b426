import { badInput } from "../platform/graphql/errors.ts";

const EMAIL =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;
const MAX_EMAIL = 254;

/**
 * An e-mail address in the one spelling under which it is stored: trimmed, lower-case.
 *
 * @see https://html.spec.whatwg.org/#valid-e-mail-address, with a dot in the domain
 * @throws EdgeFault when it is none
 */
export function readEmail(value: string): string {
  const email = value.trim().toLowerCase();
  if (email.length > MAX_EMAIL || !EMAIL.test(email)) {
    throw badInput(`email must be an address such as ada@example.com, of at most ${MAX_EMAIL} characters.`);
  }
  return email;
}
