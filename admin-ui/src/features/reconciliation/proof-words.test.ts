import { expect, test } from "vitest";
import { proofSentence, proofState, ruleWords, sideWords, type Summary } from "./proof-words";

const report = (change: Partial<Summary>): Summary => ({
  __typename: "ProofReport",
  id: "r1",
  startedAt: "2026-12-01T02:10:00Z",
  finishedAt: "2026-12-01T02:10:09Z",
  clean: true,
  differenceCount: 0,
  error: null,
  checked: [
    { __typename: "ProofCount", rule: "usage-events", count: 18_000 },
    { __typename: "ProofCount", rule: "payments", count: 204 },
  ],
  ...change,
});

test("a clean report counts what it compared", () => {
  expect(proofState(report({})).label).toBe("Clean");
  expect(proofSentence(report({}))).toBe("18,204 objects were compared, and agree to the cent.");
});

test("differences, an unfinished report and one under way are told apart", () => {
  const differing = report({ clean: false, differenceCount: 1 });
  expect(proofState(differing)).toEqual({ label: "1 difference", tone: "bad" });
  expect(proofSentence(differing)).toBe("18,204 objects were compared; 1 difference was found.");
  expect(proofState(report({ clean: false, error: "no answer" })).label).toBe("Not finished");
  expect(proofState(report({ clean: null, finishedAt: null })).label).toBe("Running");
});

test("sides that are amounts read as money, others as they are", () => {
  expect(sideWords("totalMinor", "9901")).toBe("$99.01");
  expect(sideWords("status", "PAID")).toBe("PAID");
  expect(sideWords("total", null)).toBe("not there");
  expect(ruleWords("a-new-rule")).toBe("a-new-rule");
});
