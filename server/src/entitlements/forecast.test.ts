import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { rateCardOf } from "../catalog/plan-terms.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { majorFromNanos } from "../kernel/money.ts";
import { exact, zero } from "../kernel/exact.ts";
import { unused } from "../rating/rate-units.ts";
import { type CountedFigures, outlookOf, recentDays, splitBy } from "./forecast.ts";

const period = { start: new Date("2027-04-01T09:00:00Z"), end: new Date("2027-05-01T09:00:00Z") };
const now = new Date("2027-04-11T09:00:00Z");
const starter = rateCardOf(defaultCatalog.starter);
const free = rateCardOf(defaultCatalog.free);
const t1 = [{ complexity: "T1", premium: false, weight: 1n }] as const;

const figures: CountedFigures = {
  meter: "generations",
  state: { used: 60n, billable: {} },
  amount: zero,
  held: 0n,
  pace: { units: 42n, ms: BigInt(7 * DAY_MS) },
  mix: t1,
  trial: false,
};
const at = (change: Partial<CountedFigures>, card = starter) => {
  const outlook = outlookOf(card, period, now, { ...figures, ...change });
  return { ...outlook, dollars: majorFromNanos(outlook.amount) };
};

describe("six generations a day, sixty used, twenty days to go, a hundred included", () => {
  test("come to 180 at the end, of which 80 are billed", () => {
    expect(at({})).toMatchObject({ expected: 180n, dollars: "20" });
  });

  test("use up the allowance after 40 more, in six days and sixteen hours", () => {
    expect(at({}).reachedAt).toEqual(new Date("2027-04-18T01:00:00Z"));
  });

  test("cost nothing under a hard limit", () => {
    expect(at({ state: { used: 5n, billable: {} } }, free)).toMatchObject({ expected: 125n, dollars: "0" });
  });

  test("cost nothing during a trial, which has no allowance to use up", () => {
    expect(at({ trial: true })).toMatchObject({ expected: 180n, dollars: "0", reachedAt: null });
  });

  test("are priced as the latest ones were: half of them premium doubles half of the amount", () => {
    const mix = [{ ...t1[0] }, { ...t1[0], premium: true }];
    expect(at({ mix }).dollars).toBe("30");
  });

  test("come on top of what is billed already", () => {
    const state = { used: 110n, billable: { T1: 10n } };
    expect(at({ state, amount: exact(250n * 1_000_000_000n) })).toMatchObject({
      expected: 230n,
      dollars: "32.5",
      reachedAt: null,
    });
  });

  test("are at least what is held for work under way", () => {
    expect(at({ pace: { units: 0n, ms: 1n }, held: 9n })).toMatchObject({ expected: 69n, reachedAt: null });
  });
});

test.each([
  { now: "2027-04-04T23:59:59Z", days: null, why: "two whole days say too little" },
  { now: "2027-04-05T00:00:00Z", days: 3, why: "the day on which the period began is no whole one" },
  { now: "2027-04-07T12:00:00Z", days: 5, why: "today is not over" },
  { now: "2027-04-20T00:00:00Z", days: 7, why: "older days are left out" },
])("at $now the pace is that of $days days: $why", ({ now: at_, days }) => {
  expect(recentDays(period, new Date(at_))?.days ?? null).toBe(days);
});

const units = fc.bigInt({ min: 0n, max: 1_000_000n });
const mixes = fc.array(
  fc.record({
    complexity: fc.constantFrom("T0" as const, "T1" as const, "T2" as const, "T3" as const),
    premium: fc.boolean(),
    weight: fc.bigInt({ min: 0n, max: 5_000n }),
  }),
  { minLength: 1, maxLength: 8 },
);

test("splitting loses no unit and invents none", () => {
  fc.assert(
    fc.property(units, mixes, (whole, mix) => {
      const split = splitBy(whole, mix).reduce((sum, part) => sum + part.units, 0n);
      expect(split).toBe(mix.some(({ weight }) => weight > 0n) ? whole : 0n);
    }),
  );
});

test("a faster pace never expects less, costs less, or uses up the allowance later", () => {
  fc.assert(
    fc.property(units, units, units, units, (used, held, slow, more) => {
      const state = { ...unused, used };
      const ms = BigInt(7 * DAY_MS);
      const a = at({ state, held, pace: { units: slow, ms } });
      const b = at({ state, held, pace: { units: slow + more, ms } });
      expect(b.expected >= a.expected).toBe(true);
      expect(b.amount.numerator * a.amount.denominator >= a.amount.numerator * b.amount.denominator).toBe(true);
      const [sooner, later] = [b.reachedAt?.getTime() ?? Infinity, a.reachedAt?.getTime() ?? Infinity];
      expect(sooner).toBeLessThanOrEqual(later);
    }),
  );
});

test("what is used and held is expected, and the allowance is used up within the rest of the period", () => {
  fc.assert(
    fc.property(units, units, units, (used, held, recent) => {
      const outlook = at({ state: { ...unused, used }, held, pace: { units: recent, ms: BigInt(7 * DAY_MS) } });
      expect(outlook.expected >= used + held).toBe(true);
      if (!outlook.reachedAt) return;
      expect(outlook.reachedAt.getTime()).toBeGreaterThan(now.getTime());
      expect(outlook.reachedAt.getTime()).toBeLessThan(period.end.getTime());
      expect(used < 100n && outlook.expected >= 100n).toBe(true);
    }),
  );
});
