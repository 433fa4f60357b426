import { expect, test } from "vitest";
import { quotaWords } from "./quota-words";

const quota = { unit: "generation", limit: "1000", used: "812", remaining: "188", limitKind: "OVERAGE" as const };

test.each([
  {
    values: {},
    words: { used: "812 of 1,000 generations", left: "188 left, 81.2% used", share: 0.812 },
    why: "something is left",
  },
  {
    values: { used: "1000", remaining: "0" },
    words: { used: "1,000 of 1,000 generations", left: "None left: more is billed as overage", share: 1 },
    why: "nothing is left",
  },
  {
    values: { used: "1310", remaining: "0" },
    words: {
      used: "1,310 of 1,000 generations",
      left: "310 generations past the allowance: more is billed as overage",
      share: 1.31,
    },
    why: "past the allowance",
  },
  {
    values: { limit: "10", used: "10", remaining: "0", limitKind: "HARD" as const },
    words: { used: "10 of 10 generations", left: "None left: new work is refused until the reset", share: 1 },
    why: "a hard limit stops work",
  },
  {
    values: { limit: null, remaining: null, limitKind: "NONE" as const },
    words: { used: "812 generations", left: "Unlimited", share: null },
    why: "no limit, no bar",
  },
])("$why", ({ values, words }) => {
  expect(quotaWords({ ...quota, ...values })).toEqual(words);
});
