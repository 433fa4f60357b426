import { expect, test } from "vitest";
import type { InvoiceLine_LineFragment } from "../../gql/documents";
import { explanationWords } from "./line-words";

const usd = (amount: string) => ({ amount, currency: "USD", __typename: "Money" as const });

type Part = NonNullable<InvoiceLine_LineFragment["explanation"]>["parts"][number];

const part = (more: Partial<Part>): Part => ({
  __typename: "InvoiceLinePart",
  complexity: null,
  premium: false,
  quantity: "1",
  multiplier: "1",
  events: 1,
  unitPrice: usd("0.25"),
  amount: usd("0.25"),
  ...more,
});

const line = (parts: Part[], more: object = {}, rounding = "0"): InvoiceLine_LineFragment => ({
  __typename: "InvoiceLine",
  id: "1",
  kind: "USAGE",
  meter: "generations",
  description: "Generations past the allowance",
  quantity: "240",
  estimated: false,
  periodStart: "2026-03-01T00:00:00Z",
  periodEnd: "2026-04-01T00:00:00Z",
  amount: usd("90.00"),
  exactAmount: usd("90"),
  roundingDifference: usd(rounding),
  explanation: {
    __typename: "InvoiceLineExplanation",
    unit: "generation",
    used: "1240",
    allowance: "1000",
    included: "1000",
    billable: "240",
    overLimit: "0",
    events: 240,
    amount: usd("90"),
    parts,
    ...more,
  },
});

test("a usage line is explained to the last unit", () => {
  const parts = [
    part({ complexity: "T1", quantity: "200", amount: usd("50") }),
    part({
      complexity: "T2",
      premium: true,
      quantity: "40",
      unitPrice: usd("0.50"),
      multiplier: "2",
      amount: usd("40"),
    }),
  ];
  expect(explanationWords(line(parts))).toBe(
    "1,240 generations: 1,000 included, 240 billable: 200 x T1 $0.25 = $50.00, 40 x T2 premium $0.50 x 2 = $40.00; exact $90.00, rounding $0.00",
  );
});

test("what is under a cent is shown in full, and so is what rounding did", () => {
  const parts = [part({ quantity: "1234", unitPrice: usd("0.001"), amount: usd("1.234") })];
  const words = explanationWords(line(parts, { unit: "call" }, "-0.004"));
  expect(words).toContain("1,234 calls x $0.001 = $1.234");
  expect(words).toContain("rounding -$0.004");
});

test("where tiers priced a part, no unit price is made up", () => {
  expect(explanationWords(line([part({ quantity: "3", unitPrice: null, amount: usd("2.10") })]))).toContain(
    "3 generations = $2.10",
  );
});

test("use past a hard limit is named as not billed", () => {
  expect(explanationWords(line([], { overLimit: "5" }))).toContain("5 over the limit, not billed");
});

test("a fee has no calculation", () => {
  expect(explanationWords({ ...line([]), kind: "FEE", explanation: null })).toBeNull();
});
