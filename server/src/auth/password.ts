import { WeakPassword } from "./password.refusals.ts";

const MIN_PASSWORD = 10;
export const MAX_PASSWORD = 200;

/** Of at least ten characters, the ones that are tried first, in lower case and without what people add at the end. */
const common = new Set([
  "password",
  "passwordpassword",
  "passw0rd",
  "letmein",
  "letmeinplease",
  "iloveyou",
  "iloveyouforever",
  "qwertyuiop",
  "qwertyuiopasdf",
  "qwerty",
  "asdfghjkl",
  "asdfghjkla",
  "zxcvbnm",
  "1q2w3e4r5t",
  "1q2w3e4r5t6y",
  "q1w2e3r4t5",
  "abcdefghij",
  "abcdefghijk",
  "administrator",
  "welcome",
  "changeme",
  "changemenow",
  "trustno",
  "sunshine",
  "princess",
  "football",
  "baseball",
  "superman",
  "dragon",
  "monkey",
  "secret",
]);

const DIGIT_RUNS = "01234567890123456789 98765432109876543210";

/**
 * Refuses a password that would be guessed. Length counts, not classes of characters.
 *
 * @param email of the person, whose own name is guessed first
 * @throws WeakPassword saying what would be right
 */
export function checkPassword(password: string, email: string): void {
  const length = Array.from(password).length;
  if (length < MIN_PASSWORD)
    throw new WeakPassword(`A password needs at least ${MIN_PASSWORD} characters; this one has ${length}.`);
  if (length > MAX_PASSWORD)
    throw new WeakPassword(`A password may have at most ${MAX_PASSWORD} characters; this one has ${length}.`);

  const plain = password.toLowerCase();
  if (new Set(plain).size === 1)
    throw new WeakPassword("One character over and over is easy to guess. Take several words instead.");

  const localPart = email.slice(0, email.indexOf("@"));
  if (localPart.length >= 4 && plain.includes(localPart)) {
    throw new WeakPassword("The password must not contain the name in front of the @ of your e-mail.");
  }
  if (common.has(plain) || common.has(plain.replace(/[\d!?.*#$@_-]+$/, "")) || DIGIT_RUNS.includes(plain)) {
    throw new WeakPassword("This is one of the passwords that are tried first. Take several words instead.");
  }
}
