import fc from "fast-check";
import { expect, test } from "vitest";
import { isKeySecret, newKeySecret } from "./key-secret.ts";

test("a new key has the right form, and its checksum fits", () => {
  for (let index = 0; index < 200; index += 1) {
    const { secret, prefix, secretHash } = newKeySecret();
    expect(secret).toMatch(/^qlp_[0-9A-Za-z]{42}$/);
    expect(secret.startsWith(prefix)).toBe(true);
    expect(secretHash).toMatch(/^[0-9a-f]{64}$/);
    expect(isKeySecret(secret)).toBe(true);
  }
});

test("a key with one wrong character is told from a key", () => {
  const { secret } = newKeySecret();
  const law = fc.property(
    fc.integer({ min: 4, max: secret.length - 1 }),
    fc.constantFrom("0", "A", "Z", "a", "z", "9"),
    (at, character) => {
      fc.pre(secret[at] !== character);
      expect(isKeySecret(secret.slice(0, at) + character + secret.slice(at + 1))).toBe(false);
    },
  );
  fc.assert(law);
  expect(isKeySecret(secret)).toBe(true);
});

test.each(["", "qlp_", "qlp_short", `sk_${"a".repeat(42)}`, `qlp_${"é".repeat(42)}`])("%j is no key", (text) => {
  expect(isKeySecret(text)).toBe(false);
});
