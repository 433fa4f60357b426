import type { Period } from "../kernel/period.ts";
import { instant, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { CountedMeter } from "../rating/meter.ts";
import type { Complexity, RateCard } from "../rating/rate-card.ts";
import { cardOf, type CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { planOf } from "../subscriptions/lock-subscription.ts";
import { nextPeriod } from "../subscriptions/subscription.ts";
import { type CountedTotal, type PeriodUsage, periodUsageOf } from "./rate-fact.ts";

type TotalRow = {
  period_id: string;
  start_at: unknown;
  end_at: unknown;
  meter: CountedMeter | null;
  complexity: string;
  units: string;
  billable: string;
};

/** The totals of the periods that are open, those of a period opened ahead of time included. */
export const totalsOfOpenPeriods = (sql: Sql, organizationId: string): Promise<TotalRow[]> =>
  sql<TotalRow>(
    `select p.id as period_id, p.start_at, p.end_at, t.meter, t.complexity, t.units, t.billable
     from billing_periods p left join usage_totals t
       on t.organization_id = p.organization_id and t.period_id = p.id and t.meter in ('generations', 'api_calls', 'compute')
     where p.organization_id = $1 and p.closed_at is null`,
    [organizationId],
  );

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
  rows: readonly TotalRow[],
  now: Date,
): Promise<OpenPeriods> {
  // The totals were read in one flight with the lock. When the lock rolled the periods over, they are of another period.
  const fresh = rows.some(({ period_id }) => period_id === subscription.currentPeriodId)
    ? rows
    : await totalsOfOpenPeriods(sql, subscription.organizationId);
  const trialing = subscription.trialEndsAt !== null && now.getTime() < subscription.trialEndsAt.getTime();
  const current = openPeriod(fresh, subscription.currentPeriodId, subscription.card);
  if (!current) throw new Error("the current period is not open");
  const ahead = fresh.find(
    ({ period_id, start_at }) =>
      period_id !== subscription.currentPeriodId &&
      instant(start_at).getTime() >= subscription.currentPeriodEnd.getTime(),
  );
  const next = ahead ? openPeriod(fresh, ahead.period_id, await cardOfNextPeriod(sql, subscription)) : null;
  const trials = subscription.trialUsed ? await trialPeriods(sql, subscription.organizationId) : [];
  return new OpenPeriods(current, next, trialing, trials);
}

/** The card of the period that follows the current one. */
export async function cardOfNextPeriod(sql: Sql, subscription: CurrentSubscription): Promise<RateCard> {
  const next = nextPeriod(subscription);
  const plan = await planOf(sql, subscription, next.plan);
  return cardOf(sql, plan, next.plan === "free" ? [] : subscription.overrides, subscription.restrictedAt !== null);
}

function openPeriod(rows: readonly TotalRow[], id: string, card: RateCard): OpenPeriod | null {
  const own = rows.filter(({ period_id }) => period_id === id);
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

async function trialPeriods(sql: Sql, organizationId: string): Promise<(Period & { readonly id: string })[]> {
  const rows = await sql<{ id: string; start_at: unknown; end_at: unknown }>(
    "select id, start_at, end_at from billing_periods where organization_id = $1 and trial",
    [organizationId],
  );
  return rows.map((row) => ({ id: row.id, start: instant(row.start_at), end: instant(row.end_at) }));
}
