import type { Period } from "../kernel/period.ts";
import { arrayOf, instant, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { CountedMeter } from "../rating/meter.ts";
import type { Complexity, RateCard } from "../rating/rate-card.ts";
import { cardOf, type CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { planOf } from "../subscriptions/lock-subscription.ts";
import { nextPeriod } from "../subscriptions/subscription.ts";
import { type CountedTotal, type PeriodUsage, periodUsageOf } from "./rate-fact.ts";

type TotalRow = {
  organization_id: string;
  period_id: string;
  start_at: unknown;
  end_at: unknown;
  trial: boolean;
  open: boolean;
  meter: CountedMeter | null;
  complexity: string;
  units: string;
  billable: string;
};

/** By organization: periods that are open with their totals, those opened ahead of time included, and trials without. */
export type PeriodTotals = ReadonlyMap<string, readonly TotalRow[]>;

/** Totals of many organizations' open periods: one statement, however many they are. */
export async function totalsOfOpenPeriods(sql: Sql, organizationIds: readonly string[]): Promise<PeriodTotals> {
  const rows = await sql<TotalRow>(
    `select p.organization_id, p.id as period_id, p.start_at, p.end_at, p.trial, p.closed_at is null as open,
       t.meter, t.complexity, t.units, t.billable
     from billing_periods p left join usage_totals t
       on t.organization_id = p.organization_id and t.period_id = p.id and p.closed_at is null
         and t.meter in ('generations', 'api_calls', 'compute')
     where p.organization_id = any($1::uuid[]) and (p.closed_at is null or p.trial)`,
    [arrayOf(organizationIds)],
  );
  return Map.groupBy(rows, ({ organization_id }) => organization_id);
}

type OpenPeriod = {
  readonly id: string;
  readonly period: Period;
  readonly card: RateCard;
  readonly usage: PeriodUsage;
};

/** Where an event counts. */
export type Place = {
  readonly periodId: string;
  readonly card: RateCard;
  readonly usage: PeriodUsage;
  readonly late: boolean;
  readonly trial: boolean;
};

/** The periods an event of this moment may count in: the current one, and the next once an event needs it. */
export class OpenPeriods {
  readonly #current: OpenPeriod;
  readonly #trialing: boolean;
  readonly #trials: readonly (Period & { readonly id: string })[];
  #next: OpenPeriod | null;

  constructor(
    current: OpenPeriod,
    next: OpenPeriod | null,
    trialing: boolean,
    trials: readonly (Period & { readonly id: string })[],
  ) {
    this.#current = current;
    this.#next = next;
    this.#trialing = trialing;
    this.#trials = trials;
  }

  /** True when the event lies past the current period and the next one is not open yet. */
  lacks(occurredAt: Date): boolean {
    return this.#next === null && occurredAt.getTime() >= this.#current.period.end.getTime();
  }

  /** Usage of the current period, which rating moves forward, and the card it is rated by. */
  get current(): Pick<OpenPeriod, "usage" | "card"> {
    return this.#current;
  }

  addNext({ id, period, card }: Omit<OpenPeriod, "usage">): void {
    this.#next = { id, period, card, usage: new Map() };
  }

  /**
   * The period that contains the instant; the open one, marked late, when that period is closed or
   * lies before the organization began. Usage from a trial stays in the trial, free, however late it comes.
   */
  placeOf(occurredAt: Date): Place {
    const at = occurredAt.getTime();
    const ahead = this.#next !== null && at >= this.#current.period.end.getTime();
    const { id, card, usage, period } = ahead && this.#next ? this.#next : this.#current;
    const late = at < period.start.getTime();
    const trial = late ? this.#trials.find(({ start, end }) => start.getTime() <= at && at < end.getTime()) : undefined;
    if (trial) return { periodId: trial.id, card, usage: new Map(), late, trial: true };
    return { periodId: id, card, usage, late, trial: this.#trialing && !ahead };
  }
}

/** The open periods of a locked subscription, with their usage. */
export async function readOpenPeriods(
  sql: Sql,
  subscription: CurrentSubscription,
  totals: PeriodTotals,
  now: Date,
): Promise<OpenPeriods> {
  const { organizationId, currentPeriodId, currentPeriodEnd, card, trialEndsAt } = subscription;
  const read = totals.get(organizationId) ?? [];
  // The totals were read in one flight with the lock. When the lock rolled the periods over, they are of another period.
  const isFresh = read.some(({ period_id, open }) => open && period_id === currentPeriodId);
  const rows = isFresh ? read : ((await totalsOfOpenPeriods(sql, [organizationId])).get(organizationId) ?? []);
  const current = openPeriod(rows, currentPeriodId, card);
  if (!current) throw new Error("the current period is not open");
  const ahead = rows.find(
    ({ period_id, open, start_at }) =>
      open && period_id !== currentPeriodId && instant(start_at).getTime() >= currentPeriodEnd.getTime(),
  );
  const next = ahead ? openPeriod(rows, ahead.period_id, await cardOfNextPeriod(sql, subscription)) : null;
  const trialing = trialEndsAt !== null && now.getTime() < trialEndsAt.getTime();
  return new OpenPeriods(current, next, trialing, rows.filter(({ trial }) => trial).map(trialPeriod));
}

const trialPeriod = ({ period_id: id, start_at, end_at }: TotalRow): Period & { readonly id: string } => ({
  id,
  start: instant(start_at),
  end: instant(end_at),
});

/** The card of the period that follows the current one. */
export async function cardOfNextPeriod(sql: Sql, subscription: CurrentSubscription): Promise<RateCard> {
  const next = nextPeriod(subscription);
  const plan = await planOf(sql, subscription, next.plan);
  return cardOf(sql, plan, next.plan === "free" ? [] : subscription.overrides, subscription.restrictedAt !== null);
}

function openPeriod(rows: readonly TotalRow[], id: string, card: RateCard): OpenPeriod | null {
  const own = rows.filter(({ period_id, open }) => open && period_id === id);
  const first = own[0];
  if (!first) return null;
  const totals = own.flatMap((row): CountedTotal[] =>
    row.meter === null
      ? []
      : [
          {
            meter: row.meter,
            complexity: row.complexity === "all" ? null : (row.complexity as Complexity),
            units: whole(row.units),
            billable: whole(row.billable),
          },
        ],
  );
  return {
    id,
    period: { start: instant(first.start_at), end: instant(first.end_at) },
    card,
    usage: periodUsageOf(card, totals),
  };
}
