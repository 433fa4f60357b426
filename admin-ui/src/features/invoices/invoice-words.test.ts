import { expect, test } from "vitest";
import { invoiceState, isOwed } from "./invoice-words";

const usd = (amount: string) => ({ amount, currency: "USD", __typename: "Money" as const });
const now = Date.parse("2026-04-05T00:00:00Z");

const paid = {
  status: "PAID" as const,
  verifying: false,
  disputed: false,
  collection: "CARD" as const,
  attempts: 1,
  nextAttemptAt: null,
  issuedAt: "2026-03-14T09:12:00Z",
  dueAt: null,
  paidAt: "2026-03-14T09:13:00Z",
  closedAt: null,
  total: usd("99.00"),
  amountPaid: usd("99.00"),
  amountRemaining: usd("0"),
  credited: usd("0"),
};
const open = { ...paid, status: "OPEN" as const, paidAt: null, amountPaid: usd("0"), amountRemaining: usd("99.00") };

test.each([
  { invoice: paid, label: "Paid", sentence: "Paid on 14 Mar 2026." },
  {
    invoice: { ...paid, credited: usd("20.00") },
    label: "Paid",
    sentence: "Paid on 14 Mar 2026. $20.00 of it was given back.",
  },
  {
    invoice: { ...paid, credited: usd("99.00") },
    label: "Given back",
    sentence: "Paid on 14 Mar 2026. All of it was given back.",
  },
  {
    invoice: { ...open, nextAttemptAt: "2026-04-06T09:12:00Z" },
    label: "Payment failed",
    sentence: "$99.00 could not be charged. The next try is 6 Apr 2026, 09:12 UTC.",
  },
  {
    invoice: { ...open, attempts: 4 },
    label: "Payment failed",
    sentence: "$99.00 could not be charged, 4 times. It is not tried again by itself.",
  },
  {
    invoice: { ...open, collection: "INVOICE" as const, attempts: 0, dueAt: "2026-04-13T09:12:00Z" },
    label: "Open",
    sentence: "$99.00 is due 13 Apr 2026.",
  },
  {
    invoice: { ...open, collection: "INVOICE" as const, attempts: 0, dueAt: "2026-04-01T09:12:00Z" },
    label: "Overdue",
    sentence: "$99.00 was due 1 Apr 2026.",
  },
  {
    invoice: { ...open, status: "DRAFT" as const, verifying: true },
    label: "Being verified",
    sentence: "It is being verified. There is nothing to do.",
  },
  {
    invoice: { ...open, status: "VOID" as const, closedAt: "2026-04-01T09:12:00Z" },
    label: "Void",
    sentence: "Withdrawn on 1 Apr 2026: nothing is owed.",
  },
])("a bill says how it stands: $sentence", ({ invoice, label, sentence }) => {
  expect(invoiceState(invoice, now)).toMatchObject({ label, sentence });
});

test.each(["DRAFT", "PAID", "VOID", "UNCOLLECTIBLE"] as const)("%s never asks for money", (status) => {
  expect(isOwed({ ...open, status })).toBe(false);
});

test("an open bill asks for money while something is due", () => {
  expect(isOwed(open)).toBe(true);
  expect(isOwed({ ...open, amountRemaining: usd("0") })).toBe(false);
});
