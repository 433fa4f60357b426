import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { rateCardOf } from "../catalog/plan-terms.ts";
import { firstPeriod, nextPeriod, type Override, trialPeriod, withOverrides } from "./subscription.ts";

const at = (text: string): Date => new Date(text.includes("T") ? text : `${text}T00:00:00Z`);

test("a first period lasts a month, a trial 14 days to the second, as fine as Stripe tells time", () => {
  expect(firstPeriod(at("2026-01-31"))).toEqual({ start: at("2026-01-31"), end: at("2026-02-28") });
  expect(trialPeriod(at("2026-02-20T10:30:00.001Z"))).toEqual({
    start: at("2026-02-20T10:30:00.001Z"),
    end: at("2026-03-06T10:30:00.000Z"),
  });
});

describe("the period that follows", () => {
  const state = { anchorAt: at("2026-01-31"), currentPeriodEnd: at("2026-02-28"), trialEndsAt: null, cancelAt: null };

  test.each([
    {
      why: "the same plan for another month, counted from the anchor",
      change: {},
      period: { start: at("2026-02-28"), end: at("2026-03-31") },
      plan: "same",
      anchorAt: at("2026-01-31"),
    },
    {
      why: "Free with a new anchor after a trial",
      change: { trialEndsAt: at("2026-02-28") },
      period: { start: at("2026-02-28"), end: at("2026-03-28") },
      plan: "free",
      anchorAt: at("2026-02-28"),
    },
    {
      why: "Free with a new anchor after a cancellation",
      change: { cancelAt: at("2026-02-28") },
      period: { start: at("2026-02-28"), end: at("2026-03-28") },
      plan: "free",
      anchorAt: at("2026-02-28"),
    },
    {
      why: "the same plan while the cancellation lies further ahead",
      change: { cancelAt: at("2026-03-01") },
      period: { start: at("2026-02-28"), end: at("2026-03-31") },
      plan: "same",
      anchorAt: at("2026-01-31"),
    },
  ])("is $why", ({ change, period, plan, anchorAt }) => {
    expect(nextPeriod({ ...state, ...change })).toEqual({ period, plan, anchorAt });
  });
});

describe("a customer's own price", () => {
  const card = rateCardOf(defaultCatalog.starter);
  const override = (change: Partial<Override>): Override => ({
    meter: "generations",
    priceKey: "T3",
    price: { kind: "perUnit", price: "0.75" },
    ...change,
  });

  test("replaces that price and no other, and keeps the premium factor", () => {
    const own = withOverrides(card, [override({})]);
    expect(own.meters.generations.prices.T3).toEqual({ kind: "perUnit", unitNanos: 75_000_000_000n });
    expect(own.meters.generations.prices.T2).toEqual(card.meters.generations.prices.T2);
    expect(own.meters.generations.premium).toEqual(card.meters.generations.premium);
    expect(own.meters.api_calls).toEqual(card.meters.api_calls);
  });

  test("for all complexities replaces that of each", () => {
    expect(withOverrides(card, [override({ priceKey: "all" })]).meters.generations.prices).toEqual({
      all: { kind: "perUnit", unitNanos: 75_000_000_000n },
    });
  });

  test("of one complexity may follow one for all", () => {
    const own = withOverrides(card, [
      override({ priceKey: "all" }),
      override({ priceKey: "T0", price: { kind: "flat", price: "9" } }),
    ]);
    expect(Object.keys(own.meters.generations.prices)).toEqual(["all", "T0"]);
  });

  test("leaves the plan's own card as it was", () => {
    withOverrides(card, [override({ priceKey: "all" })]);
    expect(card).toEqual(rateCardOf(defaultCatalog.starter));
    expect(withOverrides(card, [])).toBe(card);
  });
});
