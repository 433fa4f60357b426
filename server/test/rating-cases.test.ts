import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../src/catalog/default-catalog.ts";
import { rateCardOf } from "../src/catalog/plan-terms.ts";
import { add, exact, parseDecimal, toDecimal, zero, type Exact } from "../src/kernel/exact.ts";
import { majorFromNanos, minorFromMajor } from "../src/kernel/money.ts";
import { totalMinor, upcomingLines } from "../src/invoices/upcoming-invoice.ts";
import { countedScale } from "../src/rating/meter.ts";
import { byteMilliseconds } from "../src/rating/storage.ts";
import { meterSummaries, type TotalRow } from "../src/usage/meter-summary.ts";
import { type MeterPart, type PeriodUsage, rateFact } from "../src/usage/rate-fact.ts";
import { contentOf, factOf, type ReportedEvent, type UsageFact } from "../src/usage/usage-event.ts";
import { after, type Money, newCustomer } from "./customer.ts";
import { type CaseEvent, type RatingCase, ratingCases } from "./rating-cases.ts";
import { newWorld } from "./world.ts";

const cases = ratingCases();

/** A result in the form of what a case expects, so that one comparison says all that differs. */
type Result = RatingCase["expect"];

/** The decimals of a result as ratios: equal for equal numbers only, whatever their spelling. */
function numbersOf({ meters, eventAmounts }: Result): unknown {
  const ratio = (text: string): unknown => parseDecimal(text) ?? `${text} is no decimal`;
  const ratios = (values: object): unknown =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, ratio(String(value))]));
  return {
    amounts: ratios(eventAmounts),
    meters: Object.fromEntries(Object.entries(meters).map(([meter, figures]) => [meter, ratios(figures)])),
  };
}

const isCost = ([, amount]: readonly [string, string]): boolean => parseDecimal(amount)?.numerator !== 0n;

describe("through the pure functions", () => {
  test.each(cases)("$name: $why", (given) => {
    const result = rated(given);
    expect(result).toEqual(given.expect);
    expect(numbersOf(result)).toEqual(numbersOf(given.expect));
  });
});

/** A case rated by hand with the functions of the core. */
function rated({ plan, period: [start, end], events }: RatingCase): Result {
  const card = rateCardOf(defaultCatalog[plan]);
  const period = { start: new Date(start), end: new Date(end) };
  const now = new Date(period.end.getTime() - 1);
  const known = new Map<string, string>();
  const usage: PeriodUsage = new Map();
  const facts: { fact: UsageFact; parts: MeterPart[] }[] = [];

  const statuses = events.map((event) => {
    const reported = reportedFrom(event);
    const content = contentOf(reported);
    if (known.has(event.key)) return known.get(event.key) === content ? "DUPLICATE" : "CONFLICT";
    const fact = factOf(reported, now);
    if (typeof fact === "string") return "REJECTED";
    known.set(event.key, content);
    const { counted, compute } = rateFact(card, usage, fact, false);
    facts.push({ fact, parts: [counted, compute].filter((part) => part !== null) });
    return "ACCEPTED";
  });

  const rows = facts.flatMap(({ parts }) =>
    parts.map(({ meter, complexity, rated: { units, included, billable, overLimit, amount } }): TotalRow => ({
      meter,
      complexity: complexity ?? "all",
      units,
      included,
      billable,
      overLimit,
      amount,
      credit: 0n,
    })),
  );
  const levels = facts
    .filter(({ fact }) => fact.action === "STORAGE")
    .map(({ fact }) => ({ at: fact.occurredAt, bytes: fact.storageBytes ?? 0n }))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const storage = { byteMilliseconds: byteMilliseconds(levels, period), currentBytes: levels.at(-1)?.bytes ?? 0n };
  const meters = meterSummaries(card, period, true, false, rows, storage);
  const lines = upcomingLines({ planName: plan, nextFeeMinor: null, meters });

  return {
    statuses,
    meters: Object.fromEntries(
      meters.map(({ meter, quantity, included, billable, amount }) => [
        meter,
        {
          quantity: toDecimal(quantity),
          included: toDecimal(included),
          billable: toDecimal(billable),
          amount: majorFromNanos(amount),
        },
      ]),
    ) as Result["meters"],
    byComplexity: Object.fromEntries(
      meters
        .flatMap(({ byComplexity }) => byComplexity)
        .map(({ complexity, quantity, amount }) => [
          complexity,
          { quantity: Number(toDecimal(quantity)), amount: majorFromNanos(amount) },
        ]),
    ),
    eventAmounts: Object.fromEntries(
      facts
        .map(({ fact, parts }): [string, string] => [fact.idempotencyKey, majorFromNanos(costOf(parts))])
        .filter(isCost),
    ),
    lineCents: Object.fromEntries(lines.map(({ meter, amountMinor }) => [meter, Number(amountMinor)])),
    totalCents: Number(totalMinor(lines)),
  };
}

const costOf = (parts: readonly MeterPart[]): Exact =>
  parts.reduce((sum, { meter, rated: { amount } }) => add(sum, exact(amount, countedScale[meter])), zero);

const reportedFrom = ({
  key,
  action,
  at,
  complexity,
  model,
  quantity,
  computeTimeMs,
  storageBytes,
  failed,
}: CaseEvent): ReportedEvent => ({
  idempotencyKey: key,
  action,
  complexity: complexity ?? null,
  model: model ?? null,
  quantity: quantity?.toString() ?? null,
  computeTimeMs: computeTimeMs ?? null,
  storageBytes: storageBytes ?? null,
  failed: failed ?? null,
  occurredAt: new Date(at),
});

describe("through the API", () => {
  test.each(cases)("$name: $why", async (given) => {
    const result = await billed(given);
    expect(result).toEqual(given.expect);
    expect(numbersOf(result)).toEqual(numbersOf(given.expect));
  });
});

const BATCHES = 4;
const cents = ({ amount }: Money): number => Number(minorFromMajor(amount));

/** A case lived through: agreed at the period's start, recorded near its end, read as its owner reads it. */
async function billed({ plan, period: [start, end], events }: RatingCase): Promise<Result> {
  const world = await newWorld();
  const customer = await newCustomer(world, start, plan);
  world.setClock(after(end, -60_000));

  const size = Math.max(1, Math.ceil(events.length / BATCHES));
  const statuses: string[] = [];
  for (let from = 0; from < events.length; from += size) {
    const batch = events.slice(from, from + size);
    const outcomes = await customer.record(
      batch.map(({ key: idempotencyKey, at: occurredAt, ...event }) => ({ idempotencyKey, occurredAt, ...event })),
    );
    statuses.push(...outcomes.map(({ status }) => status));
  }

  const { meters, total, periodStart, periodEnd } = await customer.usage();
  expect([periodStart, periodEnd]).toEqual([after(start, 0), after(end, 0)]);
  const upcoming = await customer.upcoming();
  const lines = upcoming.lines.filter(({ kind }) => kind === "USAGE");
  const feeCents = Number(minorFromMajor(defaultCatalog[plan].monthly));
  expect(
    upcoming.lines.filter(({ kind }) => kind !== "USAGE").map(({ kind, amount }) => [kind, cents(amount)]),
  ).toEqual(feeCents === 0 ? [] : [["FEE", feeCents]]);
  expect(cents(total)).toBe(cents(upcoming.total) - feeCents);

  return {
    statuses,
    meters: mapped(meters, ({ quantity, included, billable, amount }) => ({
      quantity,
      included,
      billable,
      amount: amount.amount,
    })),
    byComplexity: Object.fromEntries(
      meters.generations.byComplexity.map(({ complexity, quantity, amount }) => [
        complexity,
        { quantity: Number(quantity), amount: amount.amount },
      ]),
    ),
    eventAmounts: Object.fromEntries(
      (await customer.events())
        .map(({ idempotencyKey, amount }): [string, string] => [idempotencyKey, amount.amount])
        .filter(isCost),
    ),
    lineCents: Object.fromEntries(lines.map(({ meter, amount }) => [meter, cents(amount)])),
    totalCents: cents(upcoming.total) - feeCents,
  };
}

const mapped = <K extends string, T, U>(record: Readonly<Record<K, T>>, change: (value: T) => U): Record<K, U> =>
  Object.fromEntries(Object.entries<T>(record).map(([key, value]) => [key, change(value)])) as Record<K, U>;
