import { describe, expect, test } from "vitest";
import { exact } from "../kernel/exact.ts";
import { exactText, moneyText, numberText, periodText } from "./document-text.ts";
import { type DocumentSource, invoiceDocument } from "./invoice-document.ts";
import { renderInvoice } from "./render-invoice.ts";
import type { StoredInvoice, StoredLine } from "./stored-invoice.ts";

const APRIL = new Date("2026-04-01T00:00:00Z");
const MAY = new Date("2026-05-01T00:00:00Z");

const invoice: StoredInvoice = {
  organizationId: "o",
  id: "i",
  stripeId: "in_1",
  number: "QLP-0001",
  status: "PAID",
  reason: "subscription_cycle",
  collection: "CARD",
  currency: "USD",
  periodStart: APRIL,
  periodEnd: MAY,
  subtotalMinor: 123_456n,
  taxMinor: 23_457n,
  totalMinor: 146_913n,
  amountDueMinor: 146_913n,
  amountPaidMinor: 146_913n,
  amountRemainingMinor: 0n,
  creditedMinor: 0n,
  refundedMinor: 0n,
  hostedUrl: null,
  attemptCount: 1,
  nextAttemptAt: null,
  createdAt: APRIL,
  issuedAt: APRIL,
  dueAt: null,
  paidAt: APRIL,
  closedAt: null,
  agreedAt: APRIL,
  heldAt: null,
  differences: [],
  disputed: false,
};
const line: StoredLine = {
  organizationId: "o",
  id: "l",
  invoiceId: "i",
  currency: "USD",
  kind: "FEE",
  description: "Starter",
  amountMinor: 9_900n,
  quantity: "1",
  exactNanos: "9900000000000",
  roundingNanos: "0",
  periodStart: APRIL,
  periodEnd: MAY,
  usage: null,
};
const source: DocumentSource = {
  seller: ["QLP", "1 Example Street"],
  buyer: { name: "Acme", id: "o" },
  invoice,
  lines: [{ line, explanation: null }],
  payments: [],
  creditNotes: [],
  refunds: [],
};
const documentOf = (change: Partial<StoredInvoice>) =>
  invoiceDocument({ ...source, invoice: { ...invoice, ...change } });
const totalsOf = (change: Partial<StoredInvoice>) =>
  documentOf(change).totals.map(({ label, value }) => [label, value]);

describe("an invoice's document", () => {
  test.each([
    { change: { status: "PAID" }, status: "PAID", note: "Paid on 1 Apr 2026." },
    { change: { status: "OPEN", dueAt: MAY }, status: "OPEN", note: "Issued and not paid. Due on 1 May 2026." },
    { change: { status: "VOID" }, status: "VOID", note: "This invoice is void. Nothing is owed on it." },
    {
      change: { status: "DRAFT", number: null },
      status: "DRAFT",
      note: "This is a draft. It is not issued, it may still change, and nothing is due.",
    },
    { change: { status: "UNCOLLECTIBLE" }, status: "WRITTEN OFF", note: "Not paid, and written off." },
  ] as const)("says in words that it is $status", ({ change, status, note }) => {
    expect(documentOf(change)).toMatchObject({ status, statusNote: note });
  });

  test("names seller, buyer, number and period", () => {
    expect(documentOf({})).toMatchObject({
      title: "Invoice QLP-0001",
      seller: ["QLP", "1 Example Street"],
      buyer: ["Acme", "Customer o"],
      lines: [{ what: "Starter", period: "1 Apr 2026 to 1 May 2026", quantity: "1", amount: "USD 99.00" }],
    });
    expect(documentOf({}).facts).toContainEqual({ label: "Period", value: "1 Apr 2026 to 1 May 2026" });
  });

  test("adds up from the subtotal to what is still to pay", () => {
    expect(totalsOf({})).toEqual([
      ["Subtotal", "USD 1,234.56"],
      ["Tax", "USD 234.57"],
      ["Total", "USD 1,469.13"],
      ["Paid", "USD 1,469.13"],
      ["Still to pay", "USD 0.00"],
    ]);
    expect(
      totalsOf({
        status: "OPEN",
        amountDueMinor: 140_000n,
        amountPaidMinor: 0n,
        amountRemainingMinor: 130_000n,
        creditedMinor: 10_000n,
      }),
    ).toEqual([
      ["Subtotal", "USD 1,234.56"],
      ["Tax", "USD 234.57"],
      ["Total", "USD 1,469.13"],
      ["Customer balance", "USD -69.13"],
      ["Credited", "USD -100.00"],
      ["Paid", "USD 0.00"],
      ["Still to pay", "USD 1,300.00"],
    ]);
    expect(totalsOf({ status: "VOID", amountRemainingMinor: 5n }).at(-1)).toEqual(["Still to pay", "USD 0.00"]);
  });

  test("lists payments, credit notes and refunds in the order of time", () => {
    const { money } = invoiceDocument({
      ...source,
      refunds: [
        {
          id: "r",
          invoiceId: "i",
          currency: "USD",
          amountMinor: 100n,
          status: "requires_action",
          failureReason: null,
          createdAt: MAY,
        },
      ],
      creditNotes: [
        {
          id: "c",
          invoiceId: "i",
          currency: "USD",
          number: "QLP-0001-CN-01",
          status: "void",
          amountMinor: 100n,
          refundMinor: 100n,
          balanceMinor: 0n,
          outOfBandMinor: 0n,
          reason: null,
          memo: "Late",
          createdAt: MAY,
        },
      ],
      payments: [
        {
          id: "p",
          invoiceId: "i",
          currency: "USD",
          amountMinor: 146_913n,
          status: "paid",
          createdAt: MAY,
          paidAt: APRIL,
        },
      ],
    });
    expect(money).toEqual([
      { when: "1 Apr 2026", what: "Payment", amount: "USD 1,469.13" },
      { when: "1 May 2026", what: "Credit note QLP-0001-CN-01, void: Late", amount: "USD -1.00" },
      { when: "1 May 2026", what: "Refund, requires action", amount: "USD -1.00" },
    ]);
  });

  test("explains a credit by its exact sum and what rounding added", () => {
    const credit = {
      ...line,
      kind: "CREDIT" as const,
      amountMinor: -2n,
      exactNanos: "-2500000000",
      roundingNanos: "500000000",
    };
    const { annex } = invoiceDocument({ ...source, lines: [{ line: credit, explanation: null }] });
    expect(annex).toMatchObject([
      {
        parts: [],
        sums: [{ value: "USD -0.025" }, { value: "USD -0.02" }, { value: "USD 0.005" }],
      },
    ]);
  });
});

test.each([
  [numberText(exact(1_234_567n)), "1,234,567"],
  [numberText(exact(-1_234n, 1_000n)), "-1.234"],
  [numberText(exact(10_000n, 3n)), "3,333.33333333…"],
  [exactText("0.7"), "0.70"],
  [exactText("-1234"), "-1,234.00"],
  [exactText("0.0015"), "0.0015"],
  [exactText("0.0000000004"), "0.0000000004"],
  [exactText("0.3333333333333"), "0.33333333333…"],
  [moneyText(-123_456_789n, "EUR"), "EUR -1,234,567.89"],
  [periodText({ start: new Date("2026-03-01T09:30:00Z"), end: APRIL }), "1 Mar 2026 09:30 to 1 Apr 2026 00:00"],
])("%s", (text, expected) => {
  expect(text).toBe(expected);
});

const pagesOf = (pdf: Buffer): number => pdf.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;

describe("the PDF", () => {
  test("has one page for a short invoice and as many as a long one needs", async () => {
    const short = await renderInvoice(documentOf({}));
    expect(short.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pagesOf(short)).toBe(1);
    const lines = Array.from({ length: 120 }, (_, index) => ({
      line: { ...line, description: `Line ${index}` },
      explanation: null,
    }));
    expect(pagesOf(await renderInvoice(invoiceDocument({ ...source, lines })))).toBeGreaterThan(2);
  });

  test("takes names of any length and of many scripts", async () => {
    const name = `${"Donaudampfschifffahrtsgesellschaft ".repeat(9)}Żółć, Ελλάς, Россия ${"W".repeat(300)}`;
    const long = { line: { ...line, description: name }, explanation: null };
    const pdf = await renderInvoice(
      invoiceDocument({ ...source, seller: [name], buyer: { name, id: "o" }, lines: [long, long] }),
    );
    // Wrapped, so that what cannot share a sheet with it goes to the next.
    expect(pagesOf(pdf)).toBe(2);
  });
});
