import { expect, test } from "vitest";
import { mirroredInvoice } from "../../test/mirrored.ts";
import type { InvoiceStatus } from "./invoice.entity.ts";
import { newsOf } from "./publish-invoice.ts";

const NOW = new Date("2026-04-02T00:00:00Z");

type Case = {
  before: [InvoiceStatus, number] | null;
  after: [InvoiceStatus, number];
  news: string[];
  why: string;
};

test.each<Case>([
  { before: null, after: ["DRAFT", 0], news: [], why: "a draft is nobody's news" },
  { before: ["DRAFT", 0], after: ["OPEN", 0], news: ["invoice.issued:i"], why: "it was finalized" },
  { before: ["OPEN", 0], after: ["OPEN", 0], news: [], why: "nothing has changed" },
  { before: ["OPEN", 0], after: ["OPEN", 1], news: ["invoice.payment_failed:i:1"], why: "a charge was tried" },
  { before: ["OPEN", 1], after: ["OPEN", 2], news: ["invoice.payment_failed:i:2"], why: "each failure is news" },
  {
    before: ["OPEN", 3],
    after: ["UNCOLLECTIBLE", 4],
    news: ["invoice.payment_failed:i:4"],
    why: "the last failure is one too",
  },
  { before: ["OPEN", 1], after: ["PAID", 2], news: ["invoice.paid:i"], why: "the try that succeeds is no failure" },
  { before: ["UNCOLLECTIBLE", 4], after: ["PAID", 4], news: ["invoice.paid:i"], why: "paid after all" },
  { before: ["OPEN", 1], after: ["VOID", 1], news: ["invoice.voided:i"], why: "it is not owed any more" },
  {
    before: null,
    after: ["PAID", 1],
    news: ["invoice.issued:i", "invoice.paid:i"],
    why: "two steps may come with one reading",
  },
  {
    before: ["DRAFT", 0],
    after: ["OPEN", 1],
    news: ["invoice.issued:i", "invoice.payment_failed:i:1"],
    why: "the first charge failed at once",
  },
])("$before to $after tells $news: $why", ({ before, after: [status, attemptCount], news }) => {
  const known = before && { status: before[0], attemptCount: before[1] };
  const invoice = mirroredInvoice({ status, attemptCount });
  expect(newsOf("i", known, invoice, NOW).map(({ key }) => key)).toEqual(news);
});

test("an invoice that is sent fails no payment by waiting for one", () => {
  const invoice = mirroredInvoice({ status: "OPEN", attemptCount: 1, collection: "INVOICE" });
  expect(newsOf("i", { status: "OPEN", attemptCount: 0 }, invoice, NOW)).toEqual([]);
});
