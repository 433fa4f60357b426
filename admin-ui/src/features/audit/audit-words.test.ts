import { expect, test } from "vitest";
import { actionWords } from "./audit-words";

test.each([
  { action: "organization.read", words: "Looked into the organization", why: "known actions have sentences" },
  { action: "spendingCap.raised", words: "Spending cap raised", why: "new ones read as their code does" },
])("$action reads '$words': $why", ({ action, words }) => {
  expect(actionWords(action)).toBe(words);
});
