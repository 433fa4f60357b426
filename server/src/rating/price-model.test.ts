import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { priceModel, scale } from "../../test/arbitraries.ts";
import { exact, toDecimal } from "../kernel/exact.ts";
import { NANOS_PER_MINOR } from "../kernel/money.ts";
import { amountBetween, amountFor, firstUnitNanos, multiplied, nanosOf, type PriceModel } from "./price-model.ts";

const cents = (count: bigint): bigint => count * NANOS_PER_MINOR;
const units = fc.bigInt({ min: 0n, max: 5_000n });

/** The first 100 free, the next 900 at 2 cents, all others at 1 cent. */
const bands = [
  { upTo: 100n, unitNanos: 0n },
  { upTo: 1_000n, unitNanos: cents(2n) },
  { upTo: null, unitNanos: cents(1n) },
];

describe.each<{ model: PriceModel; examples: { quantity: bigint; cost: bigint; why: string }[] }>([
  {
    model: { kind: "flat", flatNanos: cents(500n) },
    examples: [
      { quantity: 0n, cost: 0n, why: "no use costs nothing" },
      { quantity: 1n, cost: 500n, why: "any use at all costs the whole price" },
      { quantity: 9_999n, cost: 500n, why: "more use costs no more" },
    ],
  },
  {
    model: { kind: "perUnit", unitNanos: cents(3n) },
    examples: [
      { quantity: 0n, cost: 0n, why: "no use costs nothing" },
      { quantity: 7n, cost: 21n, why: "each unit costs the same" },
    ],
  },
  {
    model: { kind: "graduated", tiers: bands },
    examples: [
      { quantity: 0n, cost: 0n, why: "no use costs nothing" },
      { quantity: 100n, cost: 0n, why: "the last free unit is free" },
      { quantity: 101n, cost: 2n, why: "the first unit past a tier pays the next price" },
      { quantity: 1_000n, cost: 1_800n, why: "a tier's end belongs to it" },
      { quantity: 1_001n, cost: 1_801n, why: "each tier keeps its own price" },
    ],
  },
  {
    model: { kind: "volume", tiers: bands },
    examples: [
      { quantity: 0n, cost: 0n, why: "no use costs nothing" },
      { quantity: 100n, cost: 0n, why: "a tier's end belongs to it" },
      { quantity: 101n, cost: 202n, why: "the tier that holds the whole quantity prices all of it" },
      { quantity: 1_000n, cost: 2_000n, why: "up to its end" },
      { quantity: 1_001n, cost: 1_001n, why: "one more unit may make all of it cheaper" },
    ],
  },
  {
    model: { kind: "package", size: 100n, packageNanos: cents(250n) },
    examples: [
      { quantity: 0n, cost: 0n, why: "no use costs nothing" },
      { quantity: 1n, cost: 250n, why: "a started package is paid in full" },
      { quantity: 100n, cost: 250n, why: "a full one costs no more" },
      { quantity: 101n, cost: 500n, why: "the next one begins" },
    ],
  },
])("a price of kind $model.kind", ({ model, examples }) => {
  test.each(examples)("asks $cost cents for $quantity units: $why", ({ quantity, cost }) => {
    expect(amountFor(model, quantity, 1n)).toBe(cents(cost));
  });

  test.each(examples)(
    "asks the same for $quantity units that are counted in milliseconds: $why",
    ({ quantity, cost }) => {
      expect(nanosOf(amountFor(model, quantity * 60_000n, 60_000n), 60_000n)).toEqual(exact(cents(cost)));
    },
  );
});

describe("a part of a unit", () => {
  test.each<{ model: PriceModel; quantity: bigint; cost: string; why: string }>([
    {
      model: { kind: "perUnit", unitNanos: cents(5n) },
      quantity: 1n,
      cost: "83333.33333333333333333333333",
      why: "a millisecond of a minute is priced exactly",
    },
    {
      model: { kind: "graduated", tiers: bands },
      quantity: 100n * 60_000n + 30_000n,
      cost: "1000000000",
      why: "half a minute past a tier is half the next price",
    },
    {
      model: { kind: "volume", tiers: bands },
      quantity: 100n * 60_000n + 1n,
      cost: "200000033333.3333333333333333",
      why: "a millisecond past a tier moves all of it to the next",
    },
    {
      model: { kind: "package", size: 2n, packageNanos: cents(1n) },
      quantity: 120_001n,
      cost: "2000000000",
      why: "a millisecond starts a package",
    },
  ])("$why", ({ model, quantity, cost }) => {
    expect(toDecimal(nanosOf(amountFor(model, quantity, 60_000n), 60_000n))).toBe(cost);
  });
});

describe("under any price", () => {
  test("the parts of a period add up to the whole, whatever the cuts", () => {
    fc.assert(
      fc.property(priceModel, scale, fc.array(units, { maxLength: 12 }), (model, size, parts) => {
        let before = 0n;
        let total = 0n;
        for (const part of parts) {
          total += amountBetween(model, before, part, size);
          before += part;
        }
        expect(total).toBe(amountFor(model, before, size));
      }),
    );
  });

  test("no use costs nothing, before or after other use", () => {
    fc.assert(
      fc.property(priceModel, scale, units, (model, size, before) => {
        expect(amountFor(model, 0n, size)).toBe(0n);
        expect(amountBetween(model, before, 0n, size)).toBe(0n);
      }),
    );
  });

  test("nothing is ever paid out", () => {
    fc.assert(
      fc.property(priceModel, scale, units, (model, size, quantity) => {
        expect(amountFor(model, quantity, size) >= 0n).toBe(true);
      }),
    );
  });

  test("but volume, using more never costs less", () => {
    fc.assert(
      fc.property(
        priceModel.filter(({ kind }) => kind !== "volume"),
        scale,
        units,
        units,
        (model, size, quantity, more) => {
          expect(amountFor(model, quantity + more, size) >= amountFor(model, quantity, size)).toBe(true);
        },
      ),
    );
  });

  test("twice the price is twice the amount", () => {
    fc.assert(
      fc.property(priceModel, scale, units, (model, size, quantity) => {
        expect(amountFor(multiplied(model, { numerator: 2n, denominator: 1n }), quantity, size)).toBe(
          2n * amountFor(model, quantity, size),
        );
      }),
    );
  });

  test("the scale of a meter changes no price of whole units", () => {
    fc.assert(
      fc.property(priceModel, scale, units, (model, size, quantity) => {
        expect(nanosOf(amountFor(model, quantity * size, size), size)).toEqual(exact(amountFor(model, quantity, 1n)));
      }),
    );
  });
});

test("a graduated or volume price whose tiers all cost the same is a price per unit", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("graduated" as const, "volume" as const),
      fc.bigInt({ min: 0n, max: 10n ** 12n }),
      fc.bigInt({ min: 1n, max: 1_000n }),
      scale,
      units,
      (kind, unitNanos, upTo, size, quantity) => {
        const tiers = [
          { upTo, unitNanos },
          { upTo: null, unitNanos },
        ];
        expect(amountFor({ kind, tiers }, quantity, size)).toBe(
          amountFor({ kind: "perUnit", unitNanos }, quantity, size),
        );
      },
    ),
  );
});

test("a package of one is a price per started unit", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), units, (nanos, quantity) => {
      expect(amountFor({ kind: "package", size: 1n, packageNanos: nanos }, quantity, 1n)).toBe(
        amountFor({ kind: "perUnit", unitNanos: nanos }, quantity, 1n),
      );
    }),
  );
});

describe("a multiplier", () => {
  test("that would make a price finer than a nano-unit is refused instead of rounded", () => {
    const half = { numerator: 1n, denominator: 2n };
    expect(multiplied({ kind: "perUnit", unitNanos: 4n }, half)).toEqual({ kind: "perUnit", unitNanos: 2n });
    for (const model of [
      { kind: "flat", flatNanos: 3n },
      { kind: "perUnit", unitNanos: 3n },
      { kind: "graduated", tiers: [{ upTo: null, unitNanos: 3n }] },
      {
        kind: "volume",
        tiers: [
          { upTo: 5n, unitNanos: 4n },
          { upTo: null, unitNanos: 3n },
        ],
      },
      { kind: "package", size: 4n, packageNanos: 3n },
    ] satisfies PriceModel[]) {
      expect(() => multiplied(model, half)).toThrow(RangeError);
    }
  });

  test("leaves the bounds of tiers and the sizes of packages alone", () => {
    const twice = { numerator: 2n, denominator: 1n };
    expect(
      multiplied(
        {
          kind: "graduated",
          tiers: [
            { upTo: 5n, unitNanos: 1n },
            { upTo: null, unitNanos: 2n },
          ],
        },
        twice,
      ),
    ).toEqual({
      kind: "graduated",
      tiers: [
        { upTo: 5n, unitNanos: 2n },
        { upTo: null, unitNanos: 4n },
      ],
    });
    expect(multiplied({ kind: "package", size: 10n, packageNanos: 3n }, twice)).toEqual({
      kind: "package",
      size: 10n,
      packageNanos: 6n,
    });
  });
});

test.each<{ model: PriceModel; nanos: bigint }>([
  { model: { kind: "flat", flatNanos: 7n }, nanos: 7n },
  { model: { kind: "perUnit", unitNanos: 7n }, nanos: 7n },
  {
    model: {
      kind: "graduated",
      tiers: [
        { upTo: 1n, unitNanos: 7n },
        { upTo: null, unitNanos: 9n },
      ],
    },
    nanos: 7n,
  },
  {
    model: {
      kind: "volume",
      tiers: [
        { upTo: 1n, unitNanos: 7n },
        { upTo: null, unitNanos: 9n },
      ],
    },
    nanos: 7n,
  },
  { model: { kind: "package", size: 10n, packageNanos: 7n }, nanos: 7n },
])("a price list shows what the first unit of a $model.kind price costs", ({ model, nanos }) => {
  expect(firstUnitNanos(model)).toBe(nanos);
  expect(amountFor(model, 1n, 1n)).toBe(nanos);
});

test("tiers without an open end are a mistake that does not go unnoticed", () => {
  expect(() => amountFor({ kind: "volume", tiers: [{ upTo: 5n, unitNanos: 1n }] }, 6n, 1n)).toThrow("open");
});
