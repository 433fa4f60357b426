import { expect } from "vitest";
import type { Customer } from "../customer.ts";
import type { LedgerModel } from "./ledger-model.ts";
import { amountFrom, type Meter, meters, quantityFrom } from "./terms.ts";

/** Holds the current period's totals and what is left of the allowances against the model. */
export async function compareNow(customer: Customer, model: LedgerModel): Promise<void> {
  const { current } = model;
  const [usage, quotas] = await Promise.all([customer.usage(), customer.quotas()]);
  expect({ ...totalsFrom(usage), quotas: byMeter((meter) => quotaFrom(quotas[meter], meter)) }).toEqual({
    period: { start: current.start, end: current.end },
    meters: totalsOf(model, current),
    cents: model.centsOf(current),
    quotas: byMeter((meter) => model.quotaOf(meter)),
  });
}

/** Holds the ledger, event by event, against the model. */
export async function compareEvents(customer: Customer, model: LedgerModel): Promise<void> {
  const events = (await customer.events()).toReversed();
  expect(
    events.map(({ idempotencyKey, rating, amount, late, trial, ratings }) => ({
      idempotencyKey,
      rating,
      amount: amountFrom(amount.amount),
      late,
      trial,
      parts: rating === "VOIDED" ? [] : ratings.map((part) => ({ meter: part.meter, ...ratedFrom(part) })),
    })),
  ).toEqual(
    model.events.map((event) => ({
      idempotencyKey: event.key,
      rating: model.ratingOf(event),
      amount: model.amountOf(event),
      late: event.late,
      trial: event.trial,
      parts:
        event.voided === "no"
          ? meters.map((meter) => ({ meter, ...model.ratedOf(event, meter) })).filter(({ units }) => units > 0n)
          : [],
    })),
  );
}

/** Holds what closed periods came to against the model: nothing that came after them may have moved them. */
export async function compareClosed(customer: Customer, model: LedgerModel): Promise<void> {
  for (const period of model.closed) {
    const [from, to] = [new Date(period.start).toISOString(), new Date(period.end).toISOString()];
    expect(totalsFrom(await customer.usage(from, to))).toEqual({
      period: { start: period.start, end: period.end },
      meters: totalsOf(model, period),
      cents: model.centsOf(period),
    });
  }
}

const totalsOf = (model: LedgerModel, period: LedgerModel["current"]) =>
  byMeter((meter) => model.totalOf(period, meter));

type Usage = Awaited<ReturnType<Customer["usage"]>>;
type Quotas = Awaited<ReturnType<Customer["quotas"]>>;

const byMeter = <T>(of: (meter: Meter) => T): Record<Meter, T> =>
  Object.fromEntries(meters.map((meter) => [meter, of(meter)])) as Record<Meter, T>;

const totalsFrom = ({ periodStart, periodEnd, total, meters: found }: Usage) => ({
  period: { start: Date.parse(periodStart), end: Date.parse(periodEnd) },
  meters: byMeter((meter) => ({
    ...ratedFrom(found[meter]),
    credit: amountFrom(found[meter].credit.amount),
  })),
  cents: amountFrom(total.amount) / amountFrom("0.01"),
});

function ratedFrom(
  part: Usage["meters"]["compute"] | Awaited<ReturnType<Customer["events"]>>[number]["ratings"][number],
) {
  const meter = part.meter as Meter;
  return {
    units: quantityFrom(part.quantity, meter),
    included: quantityFrom(part.included, meter),
    billable: quantityFrom(part.billable, meter),
    overLimit: quantityFrom(part.overLimit, meter),
    amount: amountFrom(part.amount.amount),
  };
}

const quotaFrom = ({ limit, remaining }: Quotas["compute"], meter: Meter) =>
  limit === null || remaining === null
    ? null
    : { limit: quantityFrom(limit, meter), remaining: quantityFrom(remaining, meter) };
