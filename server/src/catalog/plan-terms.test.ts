import { describe, expect, test } from "vitest";
import { exact } from "../kernel/exact.ts";
import { majorFromNanos } from "../kernel/money.ts";
import type { MeterCode } from "../rating/meter.ts";
import { firstUnitNanos } from "../rating/price-model.ts";
import { complexities } from "../rating/rate-card.ts";
import { defaultCatalog } from "./default-catalog.ts";
import {
  type MeterTerms,
  monthlyMinorOf,
  planCodes,
  type PlanTerms,
  type PriceTerms,
  rateCardOf,
} from "./plan-terms.ts";

describe("the default catalog", () => {
  test.each([
    { code: "free", monthly: 0n, limit: "hard", included: [10n, 1_000n, 1n, 10n] },
    { code: "starter", monthly: 9_900n, limit: "overage", included: [100n, 10_000n, 10n, 100n] },
    { code: "professional", monthly: 49_900n, limit: "overage", included: [1_000n, 100_000n, 100n, 1_000n] },
    { code: "enterprise", monthly: 249_900n, limit: "none", included: [null, null, null, null] },
  ] as const)("sells $code at $monthly cents a month with its allowances", ({ code, monthly, limit, included }) => {
    const card = rateCardOf(defaultCatalog[code]);
    const { generations, api_calls: calls, storage, compute } = card.meters;
    expect(monthlyMinorOf(defaultCatalog[code])).toBe(monthly);
    expect(card.limit).toBe(limit);
    expect([generations.included, calls.included, storage.included, compute.included]).toEqual(included);
  });

  test.each(planCodes)("asks the same unit prices on %s as on every plan", (code) => {
    const { meters, premiumModels } = rateCardOf(defaultCatalog[code]);
    const listed = (meter: MeterCode, key: "T0" | "T1" | "T2" | "T3" | "all"): string => {
      const model = meters[meter].prices[key];
      return model?.kind === "perUnit" ? majorFromNanos(exact(firstUnitNanos(model))) : "none";
    };
    expect(complexities.map((complexity) => listed("generations", complexity))).toEqual(["0.1", "0.25", "0.5", "1"]);
    expect([listed("api_calls", "all"), listed("storage", "all"), listed("compute", "all")]).toEqual([
      "0.001",
      "0.1",
      "0.05",
    ]);
    expect(meters.generations.premium).toEqual({ numerator: 2n, denominator: 1n });
    expect(premiumModels).toEqual(["gpt-4", "claude-3"]);
  });
});

const starter = defaultCatalog.starter;
const withMeter = (code: MeterCode, change: Partial<MeterTerms>): PlanTerms => ({
  ...starter,
  meters: { ...starter.meters, [code]: { ...starter.meters[code], ...change } },
});
const withPrice = (price: PriceTerms): PlanTerms => withMeter("api_calls", { prices: { all: price } });
const perUnit = (price: string): PriceTerms => ({ kind: "perUnit", price });

describe("terms become a rate card", () => {
  test.each<{ why: string; price: PriceTerms; model: object }>([
    { why: "flat", price: { kind: "flat", price: "5" }, model: { kind: "flat", flatNanos: 500_000_000_000n } },
    {
      why: "per unit, as fine as a nano-unit",
      price: perUnit("0.00000000001"),
      model: { kind: "perUnit", unitNanos: 1n },
    },
    { why: "per unit, for nothing", price: perUnit("0"), model: { kind: "perUnit", unitNanos: 0n } },
    {
      why: "graduated",
      price: {
        kind: "graduated",
        tiers: [
          { upTo: "10", price: "0.02" },
          { upTo: null, price: "0.01" },
        ],
      },
      model: {
        kind: "graduated",
        tiers: [
          { upTo: 10n, unitNanos: 2_000_000_000n },
          { upTo: null, unitNanos: 1_000_000_000n },
        ],
      },
    },
    {
      why: "volume, with one open tier alone",
      price: { kind: "volume", tiers: [{ upTo: null, price: "0.01" }] },
      model: { kind: "volume", tiers: [{ upTo: null, unitNanos: 1_000_000_000n }] },
    },
    {
      why: "package",
      price: { kind: "package", size: "100", price: "2" },
      model: { kind: "package", size: 100n, packageNanos: 200_000_000_000n },
    },
  ])("a price that is $why", ({ price, model }) => {
    expect(rateCardOf(withPrice(price)).meters.api_calls.prices.all).toEqual(model);
  });

  test("an allowance that is left out is unlimited, and none is none", () => {
    expect(rateCardOf(withMeter("compute", { included: null })).meters.compute.included).toBeNull();
    expect(rateCardOf(withMeter("compute", { included: "0" })).meters.compute.included).toBe(0n);
  });

  test("one price for all generations is enough, or one for each complexity", () => {
    expect(
      rateCardOf(withMeter("generations", { prices: { all: perUnit("1") } })).meters.generations.prices.T2,
    ).toBeUndefined();
    expect(
      rateCardOf(withMeter("generations", { prices: { all: perUnit("1"), T2: perUnit("2") } })).meters.generations
        .prices.T2,
    ).toBeDefined();
  });

  test("premium classes are compared in lower case", () => {
    expect(rateCardOf({ ...starter, premiumModels: ["GPT-4"] }).premiumModels).toEqual(["gpt-4"]);
  });
});

describe("malformed terms are refused, in words that say what is wrong", () => {
  test.each<{ why: string; terms: PlanTerms; words: RegExp }>([
    { why: "a price below zero", terms: withPrice(perUnit("-0.01")), words: /price -0\.01 of api_calls/ },
    { why: "a price finer than a nano-unit", terms: withPrice(perUnit("0.000000000001")), words: /at most 11 places/ },
    { why: "a price that is no number", terms: withPrice(perUnit("a cent")), words: /price a cent of api_calls/ },
    { why: "a price with an exponent", terms: withPrice(perUnit("1e-3")), words: /price 1e-3/ },
    { why: "a price of more than a million", terms: withPrice(perUnit("1000000.01")), words: /from 0 to 1000000/ },
    { why: "no price", terms: withMeter("api_calls", { prices: {} }), words: /api_calls needs a price for all/ },
    {
      why: "a price for a part of the complexities",
      terms: withMeter("generations", { prices: { T0: perUnit("1") } }),
      words: /generations needs a price for all, or one for each complexity/,
    },
    {
      why: "a price for complexities of a meter that has none",
      terms: withMeter("compute", {
        prices: { T0: perUnit("1"), T1: perUnit("1"), T2: perUnit("1"), T3: perUnit("1") },
      }),
      words: /compute needs a price for all/,
    },
    { why: "no tiers", terms: withPrice({ kind: "graduated", tiers: [] }), words: /must end with one open tier/ },
    {
      why: "tiers without an open end",
      terms: withPrice({ kind: "graduated", tiers: [{ upTo: "5", price: "1" }] }),
      words: /must end with one open tier/,
    },
    {
      why: "an open tier in the middle",
      terms: withPrice({
        kind: "volume",
        tiers: [
          { upTo: null, price: "1" },
          { upTo: "5", price: "1" },
        ],
      }),
      words: /must end with one open tier/,
    },
    {
      why: "two open tiers",
      terms: withPrice({
        kind: "volume",
        tiers: [
          { upTo: null, price: "1" },
          { upTo: null, price: "1" },
        ],
      }),
      words: /must end with one open tier/,
    },
    {
      why: "tiers that fall",
      terms: withPrice({
        kind: "graduated",
        tiers: [
          { upTo: "10", price: "1" },
          { upTo: "5", price: "1" },
          { upTo: null, price: "1" },
        ],
      }),
      words: /tiers of api_calls must rise/,
    },
    {
      why: "an empty tier",
      terms: withPrice({
        kind: "graduated",
        tiers: [
          { upTo: "5", price: "1" },
          { upTo: "5", price: "1" },
          { upTo: null, price: "1" },
        ],
      }),
      words: /must rise/,
    },
    {
      why: "a tier up to nothing",
      terms: withPrice({
        kind: "graduated",
        tiers: [
          { upTo: "0", price: "1" },
          { upTo: null, price: "1" },
        ],
      }),
      words: /tier 0 of api_calls must be a whole number from 1/,
    },
    {
      why: "half a unit as a tier",
      terms: withPrice({
        kind: "graduated",
        tiers: [
          { upTo: "0.5", price: "1" },
          { upTo: null, price: "1" },
        ],
      }),
      words: /tier 0\.5/,
    },
    {
      why: "a package of nothing",
      terms: withPrice({ kind: "package", size: "0", price: "1" }),
      words: /package size 0 of api_calls must be a whole number from 1/,
    },
    {
      why: "a package of a part",
      terms: withPrice({ kind: "package", size: "1.5", price: "1" }),
      words: /package size 1\.5/,
    },
    {
      why: "an allowance below zero",
      terms: withMeter("storage", { included: "-1" }),
      words: /included quantity -1 of storage/,
    },
    {
      why: "half a unit included",
      terms: withMeter("generations", { included: "0.5" }),
      words: /included quantity 0\.5 of generations/,
    },
    {
      why: "an allowance beyond all counting",
      terms: withMeter("api_calls", { included: "1000000000001" }),
      words: /included quantity 1000000000001/,
    },
    {
      why: "a multiplier of nothing",
      terms: withMeter("generations", { premiumMultiplier: "0" }),
      words: /premium multiplier 0 of generations must be above zero/,
    },
    {
      why: "a multiplier below zero",
      terms: withMeter("generations", { premiumMultiplier: "-2" }),
      words: /above zero/,
    },
    {
      why: "a multiplier that makes a price finer than a nano-unit",
      terms: withMeter("api_calls", { prices: { all: perUnit("0.00000000001") }, premiumMultiplier: "1.5" }),
      words: /finer than a nano-unit/,
    },
  ])("$why", ({ terms, words }) => {
    expect(() => rateCardOf(terms)).toThrow(RangeError);
    expect(() => rateCardOf(terms)).toThrow(words);
  });

  test.each(["99.001", "-1", "ninety-nine", "", "1e2"])("a monthly price of %j", (monthly) => {
    expect(() => monthlyMinorOf({ ...starter, monthly })).toThrow(/whole cents, zero or more/);
  });
});
