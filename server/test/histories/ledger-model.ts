// What usage comes to, written from the rules of the domain and from nothing else: no code of the product is used here,
// and nothing is counted forward. Whatever is asked is worked out anew from the list of events.
import {
  allowances,
  type Amount,
  DAY,
  inCents,
  type Meter,
  meters,
  monthsAfter,
  type Plan,
  priceOf,
  type Report,
  unitsOf,
} from "./terms.ts";

const OLDEST = 35 * DAY;
const AHEAD = 5 * 60_000;
const TRIAL = 14 * DAY;

export type Status = "ACCEPTED" | "DUPLICATE" | "CONFLICT" | "REJECTED";

/** What of some units was included, is billed, lies over a hard limit, and costs. */
export type Rated = {
  readonly units: bigint;
  readonly included: bigint;
  readonly billable: bigint;
  readonly overLimit: bigint;
  readonly amount: Amount;
};

export type Event = {
  readonly key: string;
  readonly content: string;
  readonly report: Report;
  readonly units: Readonly<Record<Meter, bigint>>;
  /** By whose allowances and prices it is rated: the plan in force when it was accepted. */
  readonly plan: Plan;
  readonly trial: boolean;
  readonly late: boolean;
  readonly period: Period;
  /** Taken back; what it cost in a period that was closed by then is credited, and its period stays as it was. */
  voided: "no" | "open" | "closed";
};

type Period = {
  start: number;
  end: number;
  plan: Plan;
  trial: boolean;
  open: boolean;
  readonly events: Event[];
  readonly credits: Map<Meter, Amount>;
};

/** One organization's usage and subscription. */
export class LedgerModel {
  now: number;
  readonly #periods: Period[];
  #anchor: number;
  #trialUsed = false;
  readonly #events = new Map<string, Event>();
  /** A period that an event from ahead of time has opened. */
  #ahead: Period | null = null;

  /** Every sign-up begins on Free. */
  constructor(now: number) {
    this.now = now;
    this.#anchor = now;
    this.#periods = [newPeriod(now, monthsAfter(now, 1), "free", false)];
  }

  get current(): Period {
    return this.#periods.at(-1)!;
  }

  get closed(): readonly Period[] {
    return this.#periods.slice(0, -1);
  }

  /** All that was accepted, in the order of acceptance. */
  get events(): readonly Event[] {
    return [...this.#events.values()];
  }

  /** Time goes on; periods that are over follow one another. */
  setClock(now: number): void {
    this.now = now;
    while (this.current.end <= now) {
      const { period, anchor } = this.#next();
      this.#anchor = anchor;
      this.current.open = false;
      this.#periods.push(this.#ahead ?? period);
      this.#ahead = null;
    }
  }

  /** What follows the current period: the same plan, counted from the anchor; after a trial Free, anchored anew. */
  #next(): { period: Period; anchor: number } {
    const { end, plan, trial } = this.current;
    if (trial) return { period: newPeriod(end, monthsAfter(end, 1), "free", false), anchor: end };
    let index = 1;
    while (monthsAfter(this.#anchor, index) < end) index += 1;
    return {
      period: newPeriod(end, monthsAfter(this.#anchor, index + 1), plan, false),
      anchor: this.#anchor,
    };
  }

  /** Another plan from now on, with a period of its own. */
  agree(plan: Plan): void {
    this.#switch(plan, monthsAfter(this.now, 1), false);
  }

  /** @returns whether it may: once, from Free */
  startTrial(plan: Plan): boolean {
    if (this.#trialUsed || this.current.plan !== "free") return false;
    this.#trialUsed = true;
    this.#switch(plan, Math.floor((this.now + TRIAL) / 1_000) * 1_000, true);
    return true;
  }

  #switch(plan: Plan, end: number, trial: boolean): void {
    this.#anchor = this.now;
    // A period that began at this very instant has no time of its own: it becomes the new one.
    if (this.current.start < this.now) {
      this.current.open = false;
      this.current.end = this.now;
      this.#periods.push(this.#ahead ?? newPeriod(this.now, end, plan, trial));
      this.#ahead = null;
    }
    Object.assign(this.current, { start: this.now, end, plan, trial });
  }

  /** Records reports in their order. */
  record(reports: readonly Report[]): Status[] {
    return reports.map((report) => {
      const status = this.statusOf(report);
      if (status === "ACCEPTED") this.#accept(report);
      return status;
    });
  }

  /** What would become of a report if it came now. */
  statusOf(report: Report): Status {
    const known = this.#events.get(report.idempotencyKey);
    if (known) return known.content === contentOf(report) ? "DUPLICATE" : "CONFLICT";
    const occurredAt = this.#instantOf(report);
    return this.now - occurredAt > OLDEST || occurredAt - this.now > AHEAD ? "REJECTED" : "ACCEPTED";
  }

  #instantOf({ occurredAt }: Report): number {
    return occurredAt === undefined ? this.now : Date.parse(occurredAt);
  }

  #accept(report: Report): void {
    const { period, late } = this.#placeOf(this.#instantOf(report));
    const event: Event = {
      key: report.idempotencyKey,
      content: contentOf(report),
      report,
      units: unitsOf(report),
      // A late event of the trial is as free as the trial was.
      plan: period.plan,
      trial: period.trial,
      late,
      period,
      voided: "no",
    };
    period.events.push(event);
    this.#events.set(event.key, event);
  }

  #placeOf(occurredAt: number): { period: Period; late: boolean } {
    if (occurredAt >= this.current.end) {
      this.#ahead ??= this.#next().period;
      return { period: this.#ahead, late: false };
    }
    if (occurredAt >= this.current.start) return { period: this.current, late: false };
    const trial = this.#periods.find((one) => one.trial && one.start <= occurredAt && occurredAt < one.end);
    return { period: trial ?? this.current, late: true };
  }

  /** Takes an event back. @returns whether it stood until now */
  void(key: string): boolean {
    const event = this.#events.get(key)!;
    if (event.voided !== "no") return false;
    if (event.period.open) {
      event.voided = "open";
      return true;
    }
    const { credits } = this.current;
    for (const meter of meters) credits.set(meter, (credits.get(meter) ?? 0n) + this.ratedOf(event, meter).amount);
    event.voided = "closed";
    return true;
  }

  /** How one event is rated in one meter: the allowance goes in the order of acceptance to those that stand. */
  ratedOf(event: Event, meter: Meter): Rated {
    const units = event.voided === "open" || event.report.failed ? 0n : event.units[meter];
    const before = event.period.events
      .slice(0, event.period.events.indexOf(event))
      .filter(({ voided, report }) => voided !== "open" && !report.failed)
      .reduce((sum, each) => sum + each.units[meter], 0n);
    const allowance = event.trial ? null : allowances[event.plan][meter];
    const left = allowance === null ? units : allowance > before ? allowance - before : 0n;
    const included = units < left ? units : left;
    const past = units - included;
    const hard = event.plan === "free";
    return {
      units,
      included,
      billable: hard ? 0n : past,
      overLimit: hard ? past : 0n,
      amount: hard ? 0n : past * priceOf(event.report, meter),
    };
  }

  /** What one event costs now. */
  amountOf(event: Event): Amount {
    return event.voided === "no" ? meters.reduce((sum, meter) => sum + this.ratedOf(event, meter).amount, 0n) : 0n;
  }

  /** In a word how an event is rated now. */
  ratingOf(event: Event): string {
    if (event.voided !== "no") return "VOIDED";
    if (event.report.failed) return "FAILED";
    if (event.trial) return "TRIAL";
    const rated = meters.map((meter) => this.ratedOf(event, meter));
    if (rated.some(({ billable }) => billable > 0n)) return "BILLABLE";
    if (rated.some(({ overLimit }) => overLimit > 0n)) return "OVER_LIMIT";
    return "INCLUDED";
  }

  /** A period's sum of one meter. */
  totalOf(period: Period, meter: Meter): Rated & { readonly credit: Amount } {
    const rated = period.events.map((event) => this.ratedOf(event, meter));
    const total = (name: keyof Rated): bigint => rated.reduce((sum, each) => sum + each[name], 0n);
    return {
      units: total("units"),
      included: total("included"),
      billable: total("billable"),
      overLimit: total("overLimit"),
      amount: total("amount"),
      credit: period.credits.get(meter) ?? 0n,
    };
  }

  /** What a period's usage comes to in cents: each line rounded once, half up. */
  centsOf(period: Period): bigint {
    return meters.reduce((sum, meter) => {
      const { amount, credit } = this.totalOf(period, meter);
      return sum + inCents(amount) + inCents(-credit);
    }, 0n);
  }

  /** The current period's allowance of one meter, and what is left; null: unlimited. */
  quotaOf(meter: Meter): { readonly limit: bigint; readonly remaining: bigint } | null {
    const limit = this.current.trial ? null : allowances[this.current.plan][meter];
    if (limit === null) return null;
    const { units } = this.totalOf(this.current, meter);
    return { limit, remaining: units > limit ? 0n : limit - units };
  }
}

const newPeriod = (start: number, end: number, plan: Plan, trial: boolean): Period => ({
  start,
  end,
  plan,
  trial,
  open: true,
  events: [],
  credits: new Map(),
});

/** What two reports must agree in to be the same. */
const contentOf = ({ action, complexity, model, quantity, computeTimeMs, failed, occurredAt }: Report): string =>
  JSON.stringify([action, complexity, model ?? null, quantity ?? "1", computeTimeMs ?? 0, failed ?? false, occurredAt]);
