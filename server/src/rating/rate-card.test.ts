import { describe, expect, test } from "vitest";
import { isPremiumModel, type MeterRate, priceFor, priceKeyOf } from "./rate-card.ts";

describe("a premium model class", () => {
  const classes = ["gpt-4", "claude-3"];

  test.each([
    { model: "gpt-4", premium: true, why: "the class itself" },
    { model: "GPT-4", premium: true, why: "capitals do not matter" },
    { model: "gpt-4-turbo", premium: true, why: "a variant" },
    { model: "gpt-4o", premium: true, why: "an edition" },
    { model: "gpt-4o-mini", premium: true, why: "a variant of an edition" },
    { model: "gpt-4.1", premium: true, why: "a minor version" },
    { model: "claude-3-opus-20240229", premium: true, why: "a variant with its day" },
    { model: "Claude-3.5-sonnet", premium: true, why: "a minor version" },
    { model: "claude-3:latest", premium: true, why: "any separator" },
    { model: "gpt-40", premium: false, why: "another number" },
    { model: "gpt-4oo", premium: false, why: "another word" },
    { model: "gpt-4x", premium: false, why: "another letter" },
    { model: "gpt-3.5-turbo", premium: false, why: "another class" },
    { model: "claude-30", premium: false, why: "another number" },
    { model: "my-gpt-4", premium: false, why: "a class is named first" },
    { model: "gpt", premium: false, why: "only a part of the name" },
    { model: "", premium: false, why: "no name" },
    { model: null, premium: false, why: "no model" },
  ])("$model: $premium, $why", ({ model, premium }) => {
    expect(isPremiumModel(model, classes)).toBe(premium);
  });

  test("none is premium where no class is", () => {
    expect(isPremiumModel("gpt-4", [])).toBe(false);
  });
});

describe("the price of a complexity", () => {
  const rate: MeterRate = {
    included: 0n,
    prices: { T1: { kind: "perUnit", unitNanos: 3n }, all: { kind: "flat", flatNanos: 5n } },
    premium: { numerator: 3n, denominator: 1n },
  };

  test.each([
    { complexity: "T1", key: "T1", why: "its own" },
    { complexity: "T2", key: "all", why: "the one for all when it has none" },
    { complexity: null, key: "all", why: "the one for all without a complexity" },
  ] as const)("$complexity pays $key: $why", ({ complexity, key }) => {
    expect(priceKeyOf(rate, complexity)).toBe(key);
  });

  test("is multiplied for premium models only", () => {
    expect(priceFor(rate, "T1", false)).toEqual({ key: "T1", model: { kind: "perUnit", unitNanos: 3n } });
    expect(priceFor(rate, "T1", true)).toEqual({ key: "T1", model: { kind: "perUnit", unitNanos: 9n } });
    expect(priceFor(rate, "T2", true)).toEqual({ key: "all", model: { kind: "flat", flatNanos: 15n } });
  });
});
