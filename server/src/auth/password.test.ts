import { expect, test } from "vitest";
import { checkPassword } from "./password.ts";
import { WeakPassword } from "./password.refusals.ts";

const email = "grace@example.com";

test.each([
  "correct horse battery",
  "qlp-demo-password",
  "10 Zeichen ü",
  "pässwörter sind lang",
  "x".repeat(100) + "y".repeat(100),
])("%j is taken", (password) => {
  expect(() => checkPassword(password, email)).not.toThrow();
});

test.each([
  { password: "short", says: "at least 10" },
  { password: "xy".repeat(101), says: "at most 200" },
  { password: "😀".repeat(9), says: "at least 10", why: "characters are counted, not code units" },
  { password: "aaaaaaaaaaaa", says: "over and over" },
  { password: "Grace-1234567", says: "in front of the @" },
  { password: "Password123!", says: "tried first" },
  { password: "1234567890", says: "tried first" },
  { password: "QWERTYUIOP", says: "tried first" },
])("$password is refused: $says", ({ password, says }) => {
  expect(() => checkPassword(password, email)).toThrow(WeakPassword);
  expect(() => checkPassword(password, email)).toThrow(says);
});

test("a name of one or two letters does not make every password weak", () => {
  expect(() => checkPassword("correct horse battery", "co@example.com")).not.toThrow();
});
