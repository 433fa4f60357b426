import { describe, expect, test } from "vitest";
import { amountFault } from "./amount-fault";
import { comparedRows, differenceWords } from "./comparison-rows";
import { creditable, possibleActs, refundable } from "./invoice-acts";
import { invoiceFaults, lineAmount, totalOf } from "./new-invoice-draft";

const usd = (amount: string) => ({ __typename: "Money" as const, amount, currency: "USD" });

const invoice = (change: object = {}) => ({
  __typename: "Invoice" as const,
  id: "1",
  number: "A-1",
  status: "PAID" as const,
  collection: "CARD" as const,
  disputed: false,
  heldAt: null,
  attempts: 1,
  nextAttemptAt: null,
  dueAt: null,
  hostedUrl: null,
  organization: {
    __typename: "Organization" as const,
    id: "o",
    name: "Acme",
    subscription: { __typename: "Subscription" as const, id: "s", status: "ACTIVE" as const, paymentMethod: null },
  },
  total: usd("100"),
  amountDue: usd("100"),
  amountPaid: usd("100"),
  amountRemaining: usd("0"),
  credited: usd("0"),
  refunded: usd("0"),
  ...change,
});

describe("what can be done with an invoice", () => {
  test.each([
    { why: "a draft that is compared is left alone", change: { status: "DRAFT" }, acts: [] },
    { why: "a held one is compared again", change: { status: "DRAFT", heldAt: "2026-01-01" }, acts: ["recheck"] },
    {
      why: "an open one is collected first",
      change: { status: "OPEN", amountPaid: usd("0"), amountRemaining: usd("100") },
      acts: ["collect", "remind", "credit", "writeOff", "void"],
    },
    {
      why: "one that was sent is asked for again first",
      change: { status: "OPEN", collection: "INVOICE", amountPaid: usd("0"), amountRemaining: usd("100") },
      acts: ["remind", "collect", "credit", "writeOff", "void"],
    },
    { why: "a paid one is given back", change: {}, acts: ["credit", "refund"] },
    { why: "nothing is refunded while the bank disputes", change: { disputed: true }, acts: ["credit"] },
    { why: "what went back is gone", change: { credited: usd("100"), refunded: usd("100") }, acts: [] },
    { why: "one that is void stays so", change: { status: "VOID" }, acts: [] },
    {
      why: "one that is written off may be paid after all",
      change: { status: "UNCOLLECTIBLE" },
      acts: ["collect", "void"],
    },
  ])("$why", ({ change, acts }) => {
    expect(possibleActs(invoice(change))).toEqual(acts);
  });

  test("never more than is left", () => {
    expect(creditable(invoice({ credited: usd("30.01") })).amount).toBe("69.99");
    expect(creditable(invoice({ status: "OPEN", amountRemaining: usd("40") })).amount).toBe("40");
    expect(refundable(invoice({ refunded: usd("99.99") })).amount).toBe("0.01");
    expect(amountFault("70", { amount: "69.99", currency: "USD" })).toBe("At most $69.99");
    expect(amountFault("69.99", { amount: "69.99", currency: "USD" })).toBeNull();
    expect(amountFault("0.001", { amount: "69.99", currency: "USD" })).toBe("Whole cents only");
    expect(amountFault("-1", { amount: "69.99", currency: "USD" })).toBe("More than nothing");
  });
});

test("lines that differ come first, with what they are apart", () => {
  const rows = comparedRows({
    total: usd("10.01"),
    differences: [
      { __typename: "InvoiceDifference", line: "Fee", ours: "1000", stripes: "1001" },
      { __typename: "InvoiceDifference", line: "Currency", ours: "USD", stripes: "EUR" },
      { __typename: "InvoiceDifference", line: "Forgotten", ours: "5", stripes: null },
    ],
    lines: [
      { __typename: "InvoiceLine", id: "l1", kind: "FEE", description: "Fee", amount: usd("10.01") },
      { __typename: "InvoiceLine", id: "l2", kind: "USAGE", description: "Calls", amount: usd("0.25") },
    ],
  });
  expect(rows.map(({ line, ours, stripes, difference }) => [line, ours, stripes, difference?.amount ?? null])).toEqual([
    ["Fee", "$10.00", "$10.01", "0.01"],
    ["Currency", "USD", "EUR", null],
    ["Forgotten", "$0.05", null, "-0.05"],
    ["Calls", "$0.25", "$0.25", "0"],
  ]);
  expect(differenceWords([{ line: "Fee", ours: "1000", stripes: "999" }], "USD")).toBe("1 difference, $0.01 apart");
});

describe("an invoice by hand", () => {
  const line = (quantity: string, unitAmount: string) => ({ key: quantity, description: "Work", quantity, unitAmount });

  test("lines come to whole cents, exactly", () => {
    expect(lineAmount(line("3", "0.10"))).toBe("0.3");
    expect(lineAmount(line("1.5", "0.01"))).toBeNull();
    expect(totalOf([line("2", "1,000.50"), line("1", "-0.01")])).toBe("2000.99");
  });

  test("what is wrong is said at its field", () => {
    const draft = { lines: [line("0", "x")], way: "send" as const, daysUntilDue: "0", memo: "", reason: " " };
    expect(invoiceFaults(draft)).toEqual({
      "lines.0.quantity": "More than 0",
      "lines.0.unitAmount": "Enter an amount",
      daysUntilDue: "1 to 365 days",
      reason: "Say why",
    });
    const nothing = { ...draft, lines: [line("1", "1"), line("2", "-0.5")], daysUntilDue: "30", reason: "Agreed" };
    expect(invoiceFaults(nothing)).toEqual({ total: "Together the lines must come to more than nothing" });
  });
});
