import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { priceModel, scale } from "../../test/arbitraries.ts";
import { NANOS_PER_MINOR } from "../kernel/money.ts";
import { amountFor, multiplied } from "./price-model.ts";
import {
  complexities,
  type LimitKind,
  limitKinds,
  type MeterRate,
  noMultiplier,
  type PriceKey,
  type RateCard,
} from "./rate-card.ts";
import { type MeterState, rateUnits, type RatedUnits, type Units, unused } from "./rate-units.ts";

const cents = (count: bigint): bigint => count * NANOS_PER_MINOR;
const nothing: MeterRate = {
  included: null,
  prices: { all: { kind: "perUnit", unitNanos: 0n } },
  premium: noMultiplier,
};
const twice = { numerator: 2n, denominator: 1n };

const card = (limit: LimitKind, generations: MeterRate): RateCard => ({
  limit,
  meters: { generations, api_calls: generations, storage: nothing, compute: generations },
  premiumModels: ["gpt-4"],
});

const byComplexity: MeterRate = {
  included: 10n,
  prices: {
    T0: { kind: "perUnit", unitNanos: cents(10n) },
    T3: { kind: "perUnit", unitNanos: cents(100n) },
    all: { kind: "perUnit", unitNanos: cents(1n) },
  },
  premium: twice,
};

const one: Units = { meter: "generations", units: 1n, scale: 1n, complexity: "T0", premium: false, trial: false };

describe("units are rated against what is left of the allowance", () => {
  test.each([
    {
      why: "the last unit of the allowance is included",
      limit: "overage",
      used: 9n,
      work: one,
      expected: { included: 1n, billable: 0n, overLimit: 0n, amount: 0n, unitNanos: null },
    },
    {
      why: "the first past it is billed",
      limit: "overage",
      used: 10n,
      work: one,
      expected: { included: 0n, billable: 1n, overLimit: 0n, amount: cents(10n), unitNanos: cents(10n) },
    },
    {
      why: "units across the edge are cut there",
      limit: "overage",
      used: 7n,
      work: { ...one, units: 5n },
      expected: { included: 3n, billable: 2n, overLimit: 0n, amount: cents(20n), unitNanos: cents(10n) },
    },
    {
      why: "each complexity pays its own price",
      limit: "overage",
      used: 10n,
      work: { ...one, complexity: "T3" },
      expected: { billable: 1n, amount: cents(100n) },
    },
    {
      why: "a complexity without a price pays the one for all",
      limit: "overage",
      used: 10n,
      work: { ...one, complexity: "T1" },
      expected: { billable: 1n, amount: cents(1n) },
    },
    {
      why: "a premium model pays the factor, and the list price is kept beside it",
      limit: "overage",
      used: 10n,
      work: { ...one, premium: true },
      expected: { billable: 1n, amount: cents(20n), unitNanos: cents(10n) },
    },
    {
      why: "a premium unit takes one unit of the allowance, not two",
      limit: "overage",
      used: 9n,
      work: { ...one, premium: true },
      expected: { included: 1n, billable: 0n, amount: 0n },
    },
    {
      why: "past a hard limit nothing is billed",
      limit: "hard",
      used: 10n,
      work: { ...one, units: 3n },
      expected: { included: 0n, billable: 0n, overLimit: 3n, amount: 0n, unitNanos: null },
    },
    {
      why: "a hard limit cuts as well",
      limit: "hard",
      used: 9n,
      work: { ...one, units: 3n },
      expected: { included: 1n, billable: 0n, overLimit: 2n, amount: 0n },
    },
    {
      why: "a trial includes everything",
      limit: "overage",
      used: 10n,
      work: { ...one, units: 3n, trial: true },
      expected: { included: 3n, billable: 0n, overLimit: 0n, amount: 0n },
    },
    {
      why: "a trial of a plan with a hard limit too",
      limit: "hard",
      used: 10n,
      work: { ...one, units: 3n, trial: true },
      expected: { included: 3n, overLimit: 0n, amount: 0n },
    },
    {
      why: "no units cost nothing",
      limit: "overage",
      used: 10n,
      work: { ...one, units: 0n },
      expected: { included: 0n, billable: 0n, overLimit: 0n, amount: 0n },
    },
  ] satisfies { why: string; limit: LimitKind; used: bigint; work: Units; expected: Partial<RatedUnits> }[])(
    "$why",
    ({ limit, used, work, expected }) => {
      expect(rateUnits(card(limit, byComplexity), { used, billable: {} }, work).rated).toMatchObject({
        ...expected,
        units: work.units,
        usedBefore: used,
      });
    },
  );

  test("an unlimited meter includes everything", () => {
    const { rated } = rateUnits(
      card("none", { ...byComplexity, included: null }),
      { used: 10n ** 12n, billable: {} },
      { ...one, units: 10n ** 9n },
    );
    expect(rated).toMatchObject({ included: 10n ** 9n, billable: 0n, amount: 0n });
  });

  test("an allowance of minutes is counted in milliseconds", () => {
    const { rated } = rateUnits(
      card("overage", byComplexity),
      { used: 599_999n, billable: {} },
      { ...one, meter: "compute", complexity: null, units: 2n, scale: 60_000n },
    );
    expect(rated).toMatchObject({ included: 1n, billable: 1n, amount: cents(1n) });
  });

  test("a price that depends on what came before counts per price, not per meter", () => {
    const tiers = [
      { upTo: 1n, unitNanos: cents(5n) },
      { upTo: null, unitNanos: cents(1n) },
    ];
    const rate: MeterRate = {
      included: 0n,
      prices: { T0: { kind: "graduated", tiers }, all: { kind: "graduated", tiers } },
      premium: twice,
    };
    let state = unused;
    const rated = (complexity: "T0" | "T1" | "T2"): bigint => {
      const result = rateUnits(card("overage", rate), state, { ...one, complexity });
      state = result.state;
      return result.rated.amount;
    };
    expect([rated("T0"), rated("T0"), rated("T1"), rated("T2"), rated("T0")]).toEqual([
      cents(5n),
      cents(1n),
      cents(5n),
      cents(1n),
      cents(1n),
    ]);
    expect(state).toEqual({ used: 5n, billable: { T0: 3n, all: 2n } });
  });

  test("a card without a price for what is billed is a mistake that does not go unnoticed", () => {
    expect(() => rateUnits(card("overage", { included: 0n, prices: {}, premium: twice }), unused, one)).toThrow(
      RangeError,
    );
  });
});

const prices = fc.record(
  Object.fromEntries([...complexities, "all"].map((key) => [key, priceModel])) as Record<PriceKey, typeof priceModel>,
);
const anyCard = fc
  .tuple(fc.constantFrom(...limitKinds), fc.option(fc.bigInt({ min: 0n, max: 500n })), prices)
  .map(([limit, included, all]) => card(limit, { included, prices: all, premium: twice }));
const work = (size: bigint): fc.Arbitrary<Units> =>
  fc.record({
    meter: fc.constant("generations" as const),
    units: fc.bigInt({ min: 0n, max: 300n }).map((count) => (count * size) / 2n),
    scale: fc.constant(size),
    complexity: fc.option(fc.constantFrom(...complexities)),
    premium: fc.boolean(),
    trial: fc.boolean(),
  });
const history = scale.chain((size) => fc.array(work(size), { maxLength: 15 }));

function rateAll(rates: RateCard, works: readonly Units[]): { rated: RatedUnits[]; state: MeterState } {
  let state = unused;
  const rated = works.map((item) => {
    const result = rateUnits(rates, state, item);
    state = result.state;
    return result.rated;
  });
  return { rated, state };
}

const total = (rated: readonly RatedUnits[], pick: (part: RatedUnits) => bigint): bigint =>
  rated.reduce((sum, part) => sum + pick(part), 0n);

describe("whatever the card and the history", () => {
  test("included, billable and over-limit units add up to all units", () => {
    fc.assert(
      fc.property(anyCard, history, (rates, works) => {
        for (const { units, included, billable, overLimit } of rateAll(rates, works).rated) {
          expect(included + billable + overLimit).toBe(units);
          expect(included >= 0n && billable >= 0n && overLimit >= 0n).toBe(true);
        }
      }),
    );
  });

  test("each event finds the usage of those accepted before it, and of no others", () => {
    fc.assert(
      fc.property(anyCard, history, (rates, works) => {
        let before = 0n;
        for (const [index, part] of rateAll(rates, works).rated.entries()) {
          expect(part.usedBefore).toBe(before);
          expect(rateAll(rates, works.slice(0, index + 1)).rated[index]).toEqual(part);
          before += part.units;
        }
      }),
    );
  });

  test("what is included is the allowance or all that was used, in any order of acceptance", () => {
    fc.assert(
      fc.property(anyCard, history, (rates, works) => {
        const paid = works.map((item) => ({ ...item, trial: false }));
        const size = works[0]?.scale ?? 1n;
        const used = paid.reduce((sum, { units }) => sum + units, 0n);
        const allowance = rates.meters.generations.included;
        const expected = allowance === null || used < allowance * size ? used : allowance * size;
        expect(total(rateAll(rates, paid).rated, (part) => part.included)).toBe(expected);
        expect(total(rateAll(rates, paid.toReversed()).rated, (part) => part.included)).toBe(expected);
      }),
    );
  });

  test("nothing is billed within the allowance, past a hard limit, or in a trial", () => {
    fc.assert(
      fc.property(anyCard, history, (rates, works) => {
        for (const [index, part] of rateAll(rates, works).rated.entries()) {
          const free = rates.limit === "hard" || works[index]?.trial === true;
          expect(part.billable > 0n && free).toBe(false);
          expect(part.overLimit > 0n && rates.limit !== "hard").toBe(false);
          expect(part.amount !== 0n && part.billable === 0n).toBe(false);
        }
      }),
    );
  });

  test("units that come together or one after the other cost the same", () => {
    fc.assert(
      fc.property(
        anyCard,
        scale,
        fc.bigInt({ min: 0n, max: 900n }),
        fc.bigInt({ min: 0n, max: 900n }),
        fc.bigInt({ min: 0n, max: 900n }),
        (rates, size, used, first, second) => {
          const item = { ...one, scale: size };
          const before = { used, billable: {} };
          const whole = rateUnits(rates, before, { ...item, units: first + second });
          const start = rateUnits(rates, before, { ...item, units: first });
          const rest = rateUnits(rates, start.state, { ...item, units: second });
          for (const pick of ["included", "billable", "overLimit", "amount"] as const) {
            expect(start.rated[pick] + rest.rated[pick]).toBe(whole.rated[pick]);
          }
          expect(rest.state.used).toBe(whole.state.used);
        },
      ),
    );
  });

  test("the amounts of all events are the price of all billable units", () => {
    fc.assert(
      fc.property(
        priceModel,
        fc.bigInt({ min: 0n, max: 200n }),
        fc.boolean(),
        history,
        (model, included, premium, works) => {
          const rates = card("overage", { included, prices: { all: model }, premium: twice });
          const same = works.map((item) => ({ ...item, complexity: null, premium, trial: false }));
          const { rated } = rateAll(rates, same);
          const priced = premium ? multiplied(model, twice) : model;
          expect(total(rated, (part) => part.amount)).toBe(
            amountFor(
              priced,
              total(rated, (part) => part.billable),
              works[0]?.scale ?? 1n,
            ),
          );
        },
      ),
    );
  });
});
