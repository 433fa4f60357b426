import { describe, expect, test } from "vitest";
import { countedOverage, mostUsed } from "./allowance-words";

const usd = (amount: string) => ({ amount, currency: "USD" });

describe("the allowance that is used most", () => {
  test.each([
    {
      quotas: [
        { meter: "generations", limit: "100", used: "81" },
        { meter: "storage", limit: "10", used: "9.25" },
      ],
      words: "92.5% of storage",
      why: "the larger share wins, whatever the size",
    },
    {
      quotas: [
        { meter: "generations", limit: null, used: "99999" },
        { meter: "api_calls", limit: "1000", used: "3" },
      ],
      words: "0.3% of API calls",
      why: "what is unlimited is not a share",
    },
    { quotas: [{ meter: "compute", limit: "10", used: "18.05" }], words: "180.5% of compute", why: "more than all" },
  ])("$words: $why", ({ quotas, words }) => {
    expect(mostUsed(quotas)?.words).toBe(words);
  });

  test("nothing limited has no share", () => {
    expect(mostUsed([{ meter: "generations", limit: null, used: "5" }])).toBeNull();
  });
});

test("overage in the list is exact and leaves out storage, which is an estimate", () => {
  const meters = [
    { meter: "generations", amount: usd("0.1") },
    { meter: "compute", amount: usd("0.2") },
    { meter: "storage", amount: usd("999") },
  ];
  expect(countedOverage(meters)).toEqual(usd("0.3"));
});
