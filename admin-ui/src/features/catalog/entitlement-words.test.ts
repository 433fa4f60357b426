import { expect, test } from "vitest";
import { rightName, rightWords } from "./entitlement-words";

const right = { key: "sso", enabled: true, limit: null, value: null, used: null, remaining: null };
const projects = { ...right, key: "active_projects", limit: "5", used: "3", remaining: "2" };

test.each([
  { given: right, words: { kind: "switch", on: true }, why: "a feature that is granted" },
  { given: { ...right, enabled: false }, words: { kind: "switch", on: false }, why: "a feature that is not" },
  { given: { ...projects, enabled: false }, words: { kind: "switch", on: false }, why: "a limit that is off" },
  { given: { ...right, value: "basic" }, words: { kind: "choice", text: "Basic" }, why: "a choice" },
  { given: projects, words: { text: "3 of 5", note: "2 left.", share: 0.6 }, why: "a limit in use" },
  {
    given: { ...projects, used: "7", remaining: "0" },
    words: { text: "7 of 5", note: "None left.", share: 1.4 },
    why: "more in use than the plan allows, as after a downgrade",
  },
  {
    given: { ...projects, used: null, remaining: "5" },
    words: { text: "Up to 5", note: "How many are in use was never reported.", share: null },
    why: "never reported is not zero",
  },
  {
    given: { ...projects, limit: null, used: null, remaining: null },
    words: { text: "Unlimited", share: null },
    why: "no limit",
  },
  {
    given: { ...projects, limit: null, remaining: null },
    words: { text: "Unlimited, 3 in use", share: null },
    why: "no limit, and a level all the same",
  },
])("$why", ({ given, words }) => {
  expect(rightWords(given)).toMatchObject(words);
});

test("a right that is not known here is named by its key", () => {
  expect(rightName("night_shift")).toBe("Night shift");
});
