import { expect, test } from "vitest";
import { readEmail } from "./email.ts";

test("an e-mail has one spelling", () => {
  expect(readEmail("  Ada.Lovelace+qlp@Example.COM ")).toBe("ada.lovelace+qlp@example.com");
});

test.each([
  "",
  "ada",
  "ada@",
  "@example.com",
  "ada@localhost",
  "ada@exa mple.com",
  "ada@-example.com",
  "a\u0000da@example.com",
  "ada@example.com\nbcc: x@y.zz",
  `${"a".repeat(65)}@example.com`,
  `ada@${"a.".repeat(130)}com`,
  "а@example.com",
])("%j is none", (text) => {
  expect(() => readEmail(text)).toThrow("such as ada@example.com");
});
