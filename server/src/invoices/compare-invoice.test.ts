import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mirroredInvoice, mirroredLine } from "../../test/mirrored.ts";
import { compareInvoice, type ExpectedLine } from "./compare-invoice.ts";
import type { MirroredLine } from "./mirrored-invoice.ts";

const fee: ExpectedLine = { kind: "FEE", label: "Starter, next period", amountMinor: 9_900n };
const calls: ExpectedLine = {
  kind: "CHARGE",
  chargeId: "calls",
  label: "API calls past the allowance",
  amountMinor: 100n,
};
const credit: ExpectedLine = { kind: "CHARGE", chargeId: "credit", label: "Generations: credit", amountMinor: -200n };
const unused: ExpectedLine = { kind: "PRORATION", label: "Unused time on Starter", amountMinor: -4_950n };
const remaining: ExpectedLine = { kind: "PRORATION", label: "Remaining time on Professional", amountMinor: 24_950n };
const everything = [fee, calls, credit, unused, remaining];

/** The line that Stripe has for one of ours. */
const rendered = (line: ExpectedLine): MirroredLine =>
  mirroredLine({
    source: line.kind === "CHARGE" ? "ITEM" : line.kind,
    description: `Stripe: ${line.label}`,
    amountMinor: line.amountMinor,
    chargeId: line.kind === "CHARGE" ? line.chargeId : null,
  });

const compare = (lines: readonly ExpectedLine[], found: readonly MirroredLine[], change = {}) =>
  compareInvoice({ currency: "USD", lines }, mirroredInvoice({ lines: found, ...change }));

const withAmount = (line: ExpectedLine, amountMinor: bigint) => rendered({ ...line, amountMinor });

describe("a draft that the ledger agrees with", () => {
  test("has each of its lines, in any order", () => {
    expect(compare(everything, everything.map(rendered).toReversed())).toEqual([]);
  });

  test("may leave out a line of nothing, or have one more", () => {
    const nothing: ExpectedLine = { kind: "CHARGE", chargeId: "n", label: "Storage", amountMinor: 0n };
    expect(compare([fee, nothing], [rendered(fee)])).toEqual([]);
    expect(compare([fee], [rendered(fee), mirroredLine({ source: "ITEM", amountMinor: 0n })])).toEqual([]);
  });

  test("may have its tax beside the subtotal", () => {
    expect(compare([fee], [rendered(fee)], { taxMinor: 1_881n, totalMinor: 11_781n })).toEqual([]);
  });
});

describe("a metered line", () => {
  const metered = (change: Partial<MirroredLine>) =>
    mirroredLine({ source: "METERED", meter: "api_calls", description: "1,000 × API calls", ...change });

  test("is its charge, and no fee", () => {
    const line = metered({ chargeId: "calls", amountMinor: calls.amountMinor });
    expect(compare([fee, calls], [rendered(fee), line])).toEqual([]);
  });

  test("that is a cent off, or bills what no charge was reported for, is a difference", () => {
    const off = metered({ chargeId: "calls", amountMinor: calls.amountMinor + 1n });
    expect(compare([calls], [off])).toMatchObject([{ line: calls.label, ours: `${calls.amountMinor}` }]);
    expect(compare([], [metered({ amountMinor: 7n })])).toEqual([
      { line: "1,000 × API calls", ours: null, stripes: "7" },
    ]);
    expect(compare([], [metered({ amountMinor: 0n })])).toEqual([]);
  });
});

describe("a difference names the line and both amounts:", () => {
  test.each([
    {
      why: "one cent more on a charge",
      found: [rendered(fee), withAmount(calls, 101n), rendered(credit), rendered(unused), rendered(remaining)],
      line: { line: "API calls past the allowance", ours: "100", stripes: "101" },
    },
    {
      why: "another fee",
      found: [withAmount(fee, 9_800n), ...[calls, credit, unused, remaining].map(rendered)],
      line: { line: "Starter, next period", ours: "9900", stripes: "9800" },
    },
    {
      why: "a proration that was not quoted so",
      found: [fee, calls, credit, unused].map(rendered).concat(withAmount(remaining, 24_951n)),
      line: { line: "Remaining time on Professional", ours: "24950", stripes: "24951" },
    },
    {
      why: "a missing charge",
      found: [fee, credit, unused, remaining].map(rendered),
      line: { line: "API calls past the allowance", ours: "100", stripes: null },
    },
    {
      why: "a missing fee",
      found: [calls, credit, unused, remaining].map(rendered),
      line: { line: "Starter, next period", ours: "9900", stripes: null },
    },
    {
      why: "a charge that is there twice",
      found: [...everything, calls].map(rendered),
      line: { line: "API calls past the allowance, once more", ours: null, stripes: "100" },
    },
    {
      why: "a fee that is there twice",
      found: [...everything, fee].map(rendered),
      line: { line: "Stripe: Starter, next period", ours: null, stripes: "9900" },
    },
    {
      why: "an item that nobody here made",
      found: [...everything.map(rendered), mirroredLine({ source: "ITEM", description: "By hand", amountMinor: 5n })],
      line: { line: "By hand", ours: null, stripes: "5" },
    },
    {
      why: "a charge of somebody else",
      found: [
        ...everything.map(rendered),
        mirroredLine({ source: "ITEM", description: "Whose?", chargeId: "x", amountMinor: -1n }),
      ],
      line: { line: "Whose?", ours: null, stripes: "-1" },
    },
  ])("$why", ({ found, line }) => {
    expect(compare(everything, found)).toEqual([line]);
  });

  test("another currency", () => {
    expect(compare([fee], [rendered(fee)], { currency: "eur" })).toEqual([
      { line: "Currency", ours: "USD", stripes: "EUR" },
    ]);
  });

  test("totals that are not the sum of their parts", () => {
    expect(compare([fee], [rendered(fee)], { subtotalMinor: 9_901n, totalMinor: 9_899n })).toEqual([
      { line: "Subtotal, as the sum of the lines", ours: "9900", stripes: "9901" },
      { line: "Total, as subtotal and tax", ours: "9901", stripes: "9899" },
    ]);
  });
});

const amountMinor = fc.bigInt({ min: -5_000n, max: 5_000n });
const expectedLine = (index: number): fc.Arbitrary<ExpectedLine> =>
  fc.oneof(
    amountMinor.map((amount): ExpectedLine => ({
      kind: "CHARGE",
      chargeId: `c${index}`,
      label: `c${index}`,
      amountMinor: amount,
    })),
    amountMinor.map((amount): ExpectedLine => ({ kind: "PRORATION", label: `p${index}`, amountMinor: amount })),
    amountMinor.map((amount): ExpectedLine => ({ kind: "FEE", label: `f${index}`, amountMinor: amount })),
  );
const expectedLines = fc
  .nat(8)
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => expectedLine(index))));

test("what we expect agrees with itself, in any order", () => {
  fc.assert(
    fc.property(expectedLines, fc.infiniteStream(fc.nat()), (lines, order) => {
      const shuffled = lines
        .map((line) => ({ line, place: order.next().value }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ line }) => rendered(line));
      expect(compare(lines, shuffled)).toEqual([]);
    }),
  );
});

test("one changed cent anywhere is found, and nothing else is called different", () => {
  fc.assert(
    fc.property(expectedLines, fc.nat(), fc.constantFrom(1n, -1n), (lines, pick, cent) => {
      fc.pre(lines.length > 0);
      const changed = pick % lines.length;
      const found = lines.map((line, index) => withAmount(line, line.amountMinor + (index === changed ? cent : 0n)));
      expect(compare(lines, found)).toHaveLength(1);
    }),
  );
});

test("the differences of two sets of lines are the difference of their sums", () => {
  fc.assert(
    fc.property(expectedLines, expectedLines, (ours, stripes) => {
      const sum = (lines: readonly ExpectedLine[]) => lines.reduce((total, line) => total + line.amountMinor, 0n);
      const differences = compare(ours, stripes.map(rendered));
      const net = differences.reduce((total, each) => total + BigInt(each.stripes ?? 0) - BigInt(each.ours ?? 0), 0n);
      expect(net).toBe(sum(stripes) - sum(ours));
    }),
  );
});
