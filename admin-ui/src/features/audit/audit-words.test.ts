import { expect, test } from "vitest";
import { actionWords, targetWords } from "./audit-words";

test.each([
  { action: "organization.read", words: "Looked into the organization", why: "known actions have sentences" },
  { action: "spendingCap.raised", words: "Spending cap raised", why: "new ones read as their code does" },
])("$action reads '$words': $why", ({ action, words }) => {
  expect(actionWords(action)).toBe(words);
});

test.each([
  { target: "2026-11-23T21:30:51.316Z", words: "23 Nov 2026, 21:30:51 UTC", why: "a moment reads as one" },
  { target: "usage event 2026-11-23", words: "usage event 2026-11-23", why: "all else stays as it is" },
])("$target reads '$words': $why", ({ target, words }) => {
  expect(targetWords(target)).toBe(words);
});
