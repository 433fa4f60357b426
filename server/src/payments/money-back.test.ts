import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS } from "../kernel/clock.ts";
import { amountOf, giveBack, moneyBackEnd, type PaidInvoice } from "./money-back.ts";

describe("the guarantee ends between day 30 and day 31", () => {
  test.each([
    { paid: "2026-03-01T00:00:00.000Z", end: "2026-04-01T00:00:00.000Z", why: "paid at the first instant of day 0" },
    { paid: "2026-03-01T23:59:59.999Z", end: "2026-04-01T00:00:00.000Z", why: "paid at its last" },
    { paid: "2026-01-31T12:00:00.000Z", end: "2026-03-03T00:00:00.000Z", why: "days are counted, not months" },
    { paid: "2028-01-31T12:00:00.000Z", end: "2028-03-02T00:00:00.000Z", why: "a leap year has a day more" },
    { paid: "2026-12-15T08:30:00.000Z", end: "2027-01-15T00:00:00.000Z", why: "the year's end is no border" },
  ])("paid $paid, too late from $end: $why", ({ paid, end }) => {
    expect(moneyBackEnd(new Date(paid)).toISOString()).toBe(end);
  });

  test("whoever paid has more than 30 days and at most 31, to a midnight", () => {
    const instant = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(instant, (paid) => {
        const end = moneyBackEnd(paid);
        const days = (end.getTime() - paid.getTime()) / DAY_MS;
        expect(end.getTime() % DAY_MS).toBe(0);
        expect(days > 30 && days <= 31).toBe(true);
      }),
    );
  });
});

const paid = (change: Partial<PaidInvoice>): PaidInvoice => ({
  totalMinor: 9_900n,
  creditedMinor: 0n,
  creditedToCardMinor: 0n,
  paidByCardMinor: 9_900n,
  paidElsewhereMinor: 0n,
  refundedMinor: 0n,
  ...change,
});

describe("an invoice is given back the way it was paid", () => {
  test.each([
    { why: "by card", invoice: {}, back: [9_900n, 0n, 0n] },
    { why: "partly from the balance", invoice: { paidByCardMinor: 8_000n }, back: [8_000n, 1_900n, 0n] },
    { why: "by bank transfer", invoice: { paidByCardMinor: 0n, paidElsewhereMinor: 9_900n }, back: [0n, 0n, 9_900n] },
    {
      why: "less what a credit note gave back already",
      invoice: { creditedMinor: 900n, creditedToCardMinor: 900n, refundedMinor: 900n },
      back: [9_000n, 0n, 0n],
    },
    { why: "less what was refunded without a credit note", invoice: { refundedMinor: 900n }, back: [9_000n, 0n, 0n] },
    {
      why: "less what a credit note put on the balance",
      invoice: { creditedMinor: 900n },
      back: [9_000n, 0n, 0n],
    },
  ])("$why", ({ invoice, back: [toCardMinor, toBalanceMinor, elsewhereMinor] }) => {
    expect(giveBack(paid(invoice))).toEqual({ toCardMinor, toBalanceMinor, elsewhereMinor });
  });

  test.each([
    { why: "it cost nothing", invoice: { totalMinor: 0n, paidByCardMinor: 0n } },
    {
      why: "all of it was credited",
      invoice: { creditedMinor: 9_900n, creditedToCardMinor: 9_900n, refundedMinor: 9_900n },
    },
    { why: "all of it was refunded without a credit note", invoice: { refundedMinor: 9_900n } },
  ])("nothing is given back when $why", ({ invoice }) => {
    expect(giveBack(paid(invoice))).toBeNull();
  });

  test("no part is below zero, no card gets more than it paid, and doing it again gives nothing", () => {
    const share = fc.bigInt({ min: 0n, max: 50_000n });
    const invoice = fc.tuple(share, share, share, share).map(([card, elsewhere, balance, before]) => {
      const totalMinor = card + elsewhere + balance;
      const creditedMinor = before > totalMinor ? totalMinor : before;
      const toCard = creditedMinor > card ? card : creditedMinor;
      return {
        totalMinor,
        creditedMinor,
        creditedToCardMinor: toCard,
        refundedMinor: toCard,
        paidByCardMinor: card,
        paidElsewhereMinor: elsewhere,
      };
    });
    fc.assert(
      fc.property(invoice, (before) => {
        const back = giveBack(before) ?? { toCardMinor: 0n, toBalanceMinor: 0n, elsewhereMinor: 0n };
        expect(back.toCardMinor >= 0n && back.toBalanceMinor >= 0n && back.elsewhereMinor >= 0n).toBe(true);
        expect(before.refundedMinor + back.toCardMinor <= before.paidByCardMinor).toBe(true);
        expect(before.creditedMinor + amountOf(back)).toBe(before.totalMinor);
        const after: PaidInvoice = {
          ...before,
          creditedMinor: before.creditedMinor + amountOf(back),
          creditedToCardMinor: before.creditedToCardMinor + back.toCardMinor,
          refundedMinor: before.refundedMinor + back.toCardMinor,
        };
        expect(giveBack(after)).toBeNull();
      }),
    );
  });
});
