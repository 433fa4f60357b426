import { describe, expect, test } from "vitest";
import { draftOf, newPrice, newTier, type PriceDraft, priceFaults, priceInputOf, priceOf } from "./price-draft";
import { type Price, priceWords } from "./price-words";

const usd = (amount: string) => ({ amount, currency: "USD" });

const price = (rest: Partial<Price>): Price => ({
  meter: "api_calls",
  complexity: null,
  model: "PER_UNIT",
  unitPrice: usd("0.001"),
  tiers: [],
  packageSize: null,
  premiumMultiplier: "1",
  unit: "call",
  ...rest,
});

const tiers = [
  { upTo: "1000", unitPrice: usd("0.1") },
  { upTo: null, unitPrice: usd("0.05") },
];

const PRICES: readonly { price: Price; words: string }[] = [
  { price: price({}), words: "$0.001 a call" },
  { price: price({ model: "FLAT", unitPrice: usd("50") }), words: "$50.00 for any use at all" },
  {
    price: price({ model: "PACKAGE", unitPrice: usd("5"), packageSize: "1000" }),
    words: "$5.00 for each 1,000 calls begun",
  },
  {
    price: price({ model: "GRADUATED", unitPrice: usd("0.1"), tiers }),
    words: "up to 1,000 at $0.10, beyond at $0.05, each tier at its own price",
  },
  {
    price: price({ model: "VOLUME", unitPrice: usd("0.1"), tiers }),
    words: "up to 1,000 at $0.10, beyond at $0.05, all at the price of the tier that is reached",
  },
];

describe.each(PRICES)("a price of $words", ({ price: given, words }) => {
  test("says itself in words", () => {
    expect(priceWords(given)).toBe(words);
  });

  test("comes back unchanged from its draft, which has no faults", () => {
    const draft = draftOf(given);
    expect(priceFaults(draft, "price")).toEqual({});
    expect(priceOf(draft, "USD")).toEqual(given);
  });
});

describe("a price that is written", () => {
  const draft = (rest: Partial<PriceDraft>): PriceDraft => ({
    ...newPrice({ meter: "generations", complexity: "T1", unit: "generation" }),
    ...rest,
  });

  test.each([
    { model: "PER_UNIT", fields: { unitPrice: "1,000.50" }, input: { unitPrice: "1000.5" } },
    { model: "FLAT", fields: { flatPrice: "$ 12" }, input: { flatPrice: "12" } },
    {
      model: "PACKAGE",
      fields: { packageSize: "1,000", packagePrice: "5" },
      input: { packageSize: "1000", packagePrice: "5" },
    },
    {
      model: "GRADUATED",
      fields: { tiers: [newTier("10", "0.3"), newTier("", "0.2")] },
      input: {
        tiers: [
          { upTo: "10", unitPrice: "0.3" },
          { upTo: null, unitPrice: "0.2" },
        ],
      },
    },
  ] as const)("$model sends the fields of its model and no others, exact", ({ model, fields, input }) => {
    const written = draft({ model, unitPrice: "9", ...fields });
    expect(priceFaults(written, "price")).toEqual({});
    expect(priceInputOf(written)).toEqual({ meter: "generations", complexity: "T1", model, ...input });
  });

  test.each([
    { rest: { unitPrice: "" }, faults: ["price.unitPrice"], why: "a price is missing" },
    { rest: { unitPrice: "-1" }, faults: ["price.unitPrice"], why: "a price below zero" },
    { rest: { unitPrice: "0" }, faults: [], why: "nothing is a price" },
    {
      rest: { model: "PACKAGE", packageSize: "1.5", packagePrice: "5" },
      faults: ["price.packageSize"],
      why: "half a unit",
    },
    {
      rest: { model: "VOLUME", tiers: [newTier("10", "1"), newTier("10", "1"), newTier("", "1")] },
      faults: ["price.tiers.1.upTo"],
      why: "tiers that do not rise",
    },
    {
      rest: { model: "GRADUATED", tiers: [newTier("10", ""), newTier("", "")] },
      faults: ["price.tiers.0.unitPrice", "price.tiers.1.unitPrice"],
      why: "each tier needs a price",
    },
  ] as const)("$why: $faults", ({ rest, faults }) => {
    expect(Object.keys(priceFaults(draft(rest), "price"))).toEqual(faults);
  });
});
