import fc from "fast-check";
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
