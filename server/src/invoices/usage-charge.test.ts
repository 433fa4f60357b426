import fc from "fast-check";
import { expect, test } from "vitest";
import { add, exact, parseDecimal, subtract, zero } from "../kernel/exact.ts";
import { NANOS_PER_MINOR, nanosFromMinor } from "../kernel/money.ts";
import { countedScale } from "../rating/meter.ts";
import { frozenSummaries, meterSummaries, type TotalRow } from "../usage/meter-summary.ts";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { rateCardOf } from "../catalog/plan-terms.ts";
import { upcomingLines } from "./upcoming-invoice.ts";
import { chargesOf } from "./usage-charge.ts";

const march = { start: new Date("2026-03-01T00:00:00Z"), end: new Date("2026-04-01T00:00:00Z") };
const decimal = (text: string) => parseDecimal(text) ?? zero;

const row = (change: Partial<TotalRow>): TotalRow => ({
  meter: "generations",
  complexity: "all",
  units: 0n,
  included: 0n,
  billable: 0n,
  overLimit: 0n,
  amount: 0n,
  credit: 0n,
  ...change,
});
const noStorage = row({ meter: "storage" });

const amount = fc.bigInt({ min: 0n, max: 10n ** 17n });
const totals = fc
  .record({
    counted: fc.array(
      fc.record({
        meter: fc.constantFrom("generations" as const, "api_calls" as const, "compute" as const),
        complexity: fc.constantFrom("T0", "T1", "all"),
        billable: fc.bigInt({ min: 0n, max: 10n ** 9n }),
        amount,
        credit: fc.oneof(fc.constant(0n), amount),
      }),
      { maxLength: 8 },
    ),
    storage: fc.record({
      billable: fc.bigInt({ min: 0n, max: 10n ** 22n }),
      amount: fc.bigInt({ min: 0n, max: 10n ** 30n }),
    }),
  })
  .map(({ counted, storage }) => [
    ...counted.map((change) => row({ ...change, units: change.billable })),
    row({ meter: "storage", ...storage, units: storage.billable }),
  ]);

test("a period without usage has no charges", () => {
  expect(chargesOf(march, [noStorage])).toEqual([]);
});

test("a charge keeps its exact sum and what rounding made of it", () => {
  const half = (NANOS_PER_MINOR * 5n) / 2n;
  expect(
    chargesOf(march, [
      noStorage,
      row({ complexity: "T1", units: 5n, included: 3n, billable: 2n, amount: half }),
      row({ meter: "compute", credit: half * countedScale.compute }),
    ]),
  ).toEqual([
    {
      kind: "USAGE",
      meter: "generations",
      description: "Generations past the allowance",
      quantity: "2",
      exactNanos: "2500000000",
      amountMinor: 3n,
      roundingNanos: "500000000",
    },
    {
      kind: "CREDIT",
      meter: "compute",
      description: "Compute minutes: credit for voided usage of earlier periods",
      quantity: "1",
      exactNanos: "-2500000000",
      amountMinor: -2n,
      roundingNanos: "500000000",
    },
  ]);
});

test("storage that is not frozen makes no charge, but an error", () => {
  expect(() => chargesOf(march, [])).toThrow("not frozen");
});

test("charges are the lines that the preview of the same totals shows", () => {
  const card = rateCardOf(defaultCatalog.starter);
  fc.assert(
    fc.property(totals, (rows) => {
      const meters = meterSummaries(card, march, false, false, rows, { byteMilliseconds: 0n, currentBytes: 0n });
      const lines = upcomingLines({ planName: "Starter", nextFeeMinor: null, meters });
      expect(chargesOf(march, rows).map(({ kind, meter, amountMinor }) => [kind, meter, amountMinor])).toEqual(
        lines.map(({ kind, meter, amountMinor }) => [kind, meter, amountMinor]),
      );
      expect(frozenSummaries(march, rows).map((summary) => ({ ...summary, currentBytes: null }))).toEqual(
        meters.map((summary) => ({ ...summary, currentBytes: null })),
      );
    }),
  );
});

test("what is kept adds up: the exact sum and the rounding are the whole minor units, half a cent apart at most", () => {
  fc.assert(
    fc.property(totals, (rows) => {
      for (const { exactNanos, amountMinor, roundingNanos } of chargesOf(march, rows)) {
        expect(add(decimal(exactNanos), decimal(roundingNanos))).toEqual(nanosFromMinor(amountMinor));
        const room = subtract(exact(NANOS_PER_MINOR, 2n), decimal(roundingNanos.replace("-", "")));
        expect(room.numerator).toBeGreaterThanOrEqual(0n);
      }
    }),
  );
});
