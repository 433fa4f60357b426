import fc from "fast-check";
import { defaultCatalog } from "../src/catalog/default-catalog.ts";
import type { PlanTerms, PriceTerms } from "../src/catalog/plan-terms.ts";
import type { PriceModel, Tier } from "../src/rating/price-model.ts";

/** Nano-units of a cent, from nothing to ten dollars; whole after doubling too. */
const nanos = fc.bigInt({ min: 0n, max: 10n ** 12n });

const tiers = fc
  .tuple(
    fc.uniqueArray(fc.bigInt({ min: 1n, max: 2_000n }), { maxLength: 4 }),
    fc.array(nanos, { minLength: 5, maxLength: 5 }),
  )
  .map(([bounds, prices]): Tier[] => {
    const rising = bounds.toSorted((a, b) => (a < b ? -1 : 1));
    return [...rising, null].map((upTo, index) => ({ upTo, unitNanos: prices[index] ?? 0n }));
  });

/** Any price model of the catalog. */
export const priceModel: fc.Arbitrary<PriceModel> = fc.oneof(
  nanos.map((flatNanos): PriceModel => ({ kind: "flat", flatNanos })),
  nanos.map((unitNanos): PriceModel => ({ kind: "perUnit", unitNanos })),
  tiers.map((bands): PriceModel => ({ kind: "graduated", tiers: bands })),
  tiers.map((bands): PriceModel => ({ kind: "volume", tiers: bands })),
  fc
    .tuple(fc.bigInt({ min: 1n, max: 500n }), nanos)
    .map(([size, packageNanos]): PriceModel => ({ kind: "package", size, packageNanos })),
);

/** Base units of one priced unit: of a call, of a minute, of an odd storage period. */
export const scale = fc.constantFrom(1n, 60_000n, 2_678_400_007n);

/** A price as a catalog writes it, small enough for tiers and packages to matter within a dozen events. */
const dollars = fc.integer({ min: 0, max: 500 }).map((cents) => (cents / 100).toFixed(2));
const tierTerms = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 2 }),
    fc.array(dollars, { minLength: 3, maxLength: 3 }),
  )
  .map(([bounds, prices]) =>
    [...bounds.toSorted((a, b) => a - b), null].map((upTo, index) => ({
      upTo: upTo?.toString() ?? null,
      price: prices[index] ?? "0",
    })),
  );

export const priceTerms: fc.Arbitrary<PriceTerms> = fc.oneof(
  dollars.map((price): PriceTerms => ({ kind: "flat", price })),
  dollars.map((price): PriceTerms => ({ kind: "perUnit", price })),
  tierTerms.map((bands): PriceTerms => ({ kind: "graduated", tiers: bands })),
  tierTerms.map((bands): PriceTerms => ({ kind: "volume", tiers: bands })),
  fc
    .tuple(fc.integer({ min: 1, max: 5 }), dollars)
    .map(([size, price]): PriceTerms => ({ kind: "package", size: size.toString(), price })),
);

const included = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 8 }).map(String) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const priceForAll = priceTerms.map((all) => ({ all }));

/** A plan of any prices, whose allowances a dozen events use up. */
export const planTerms: fc.Arbitrary<PlanTerms> = fc
  .record({
    limit: fc.constantFrom("overage" as const, "overage" as const, "hard" as const, "none" as const),
    allowances: fc.tuple(included, included, included),
    generations: fc.oneof(
      priceForAll,
      fc.record({ T0: priceTerms, T1: priceTerms, T2: priceTerms, T3: priceTerms }),
      fc.record({ T1: priceTerms, all: priceTerms }),
    ),
    calls: priceForAll,
    compute: priceForAll,
  })
  .map(({ limit, allowances: [units, calls, minutes], ...prices }): PlanTerms => ({
    ...defaultCatalog.professional,
    limit,
    meters: {
      ...defaultCatalog.professional.meters,
      generations: { included: units, prices: prices.generations, premiumMultiplier: "2" },
      api_calls: { included: calls, prices: prices.calls, premiumMultiplier: "1" },
      compute: { included: minutes, prices: prices.compute, premiumMultiplier: "1" },
    },
  }));

/** A report of usage of any kind but storage; the test gives its key and its time. All of it makes decimals that end. */
export const reportedWork = fc.oneof(
  fc.record({
    action: fc.constant("GENERATION"),
    complexity: fc.constantFrom("T0", "T1", "T2", "T3"),
    model: fc.constantFrom(null, "gpt-4", "llama"),
    computeTimeMs: fc.constantFrom(null, 60_000, 61_002, 300_009),
    failed: fc.constantFrom(false, false, false, false, true),
  }),
  fc.record({ action: fc.constant("API_CALL"), quantity: fc.integer({ min: 1, max: 6 }).map(String) }),
  fc.record({ action: fc.constantFrom("VALIDATION", "EXPORT"), computeTimeMs: fc.constantFrom(1, 90_000, 200_004) }),
);
