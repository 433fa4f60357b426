import { subtract, sum, type Exact, zero } from "../kernel/exact.ts";
import { arrayOf, whole, wholeOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { CountedMeter } from "../rating/meter.ts";
import type { Complexity } from "../rating/rate-card.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { type MeterSummary, meterSummaries, type StorageOf } from "../usage/meter-summary.ts";
import { type CountedTotal, periodUsageOf } from "../usage/rate-fact.ts";
import { noStorage, periodStorage, periodTotals } from "../usage/read-totals.ts";
import { type Standing, usageWithHeld } from "./decide-usage.ts";
import { type Held, nothingHeld } from "./held-usage.ts";
import { termsInForce } from "./terms-in-force.ts";

export type HeldColumns = {
  readonly generations: string | null;
  readonly api_calls: string | null;
  readonly compute_ms: string | null;
  readonly amount: string | null;
};

export const heldFrom = (row: HeldColumns): Held => ({
  generations: whole(row.generations ?? 0),
  api_calls: whole(row.api_calls ?? 0),
  compute: whole(row.compute_ms ?? 0),
  amount: whole(row.amount ?? 0),
});

/** One for each total of the current period; with a null meter where there is none yet. */
type TotalRow = {
  organization_id: string;
  period_id: string;
  meter: CountedMeter | null;
  complexity: string;
  units: string;
  billable: string;
};

/**
 * How organizations stand: a constant number of statements, in one flight unless one has a spending
 * cap or asks for storage.
 *
 * @param withStorage organizations whose storage the decision needs
 */
export async function readStandings(
  sql: Sql,
  subscriptions: readonly CurrentSubscription[],
  now: Date,
  withStorage: ReadonlySet<string>,
): Promise<Map<string, Standing>> {
  const ids = arrayOf(subscriptions.map(({ organizationId }) => organizationId));
  const [counted, kept] = await Promise.all([countedTotals(sql, ids), heldAndCaps(sql, ids, now)]);
  return standingsOf(sql, subscriptions, { counted, kept }, now, withStorage);
}

/**
 * As `readStandings`, in one flight with the statement that brings the subscriptions: what is sent
 * behind a lock is read under it.
 *
 * @param coming the subscriptions of `organizationIds`, or of some of them; their statement is sent already
 */
export async function readStandingsBehind(
  sql: Sql,
  coming: Promise<readonly CurrentSubscription[]>,
  organizationIds: readonly string[],
  now: Date,
  withStorage: ReadonlySet<string>,
): Promise<Map<string, Standing>> {
  const ids = arrayOf(organizationIds);
  const [subscriptions, counted, kept] = await Promise.all([
    coming,
    countedTotals(sql, ids),
    heldAndCaps(sql, ids, now),
  ]);
  // A period that was over has been rolled over meanwhile, and what was read is of the one before.
  const isOfAnother = ({ organizationId, currentPeriodId }: CurrentSubscription): boolean =>
    counted.get(organizationId)?.periodId !== currentPeriodId;
  if (subscriptions.some(isOfAnother)) return readStandings(sql, subscriptions, now, withStorage);
  return standingsOf(sql, subscriptions, { counted, kept }, now, withStorage);
}

type Read = { readonly counted: Map<string, Counted>; readonly kept: Map<string, Kept> };

async function standingsOf(
  sql: Sql,
  subscriptions: readonly CurrentSubscription[],
  { counted, kept }: Read,
  now: Date,
  withStorage: ReadonlySet<string>,
): Promise<Map<string, Standing>> {
  const [terms, costs] = await Promise.all([
    termsInForce(sql, subscriptions, now),
    readCosts(
      sql,
      subscriptions.filter(
        ({ organizationId: id }) => withStorage.has(id) || (kept.get(id)?.capMinor ?? null) !== null,
      ),
    ),
  ]);
  return new Map(
    subscriptions.map((subscription): [string, Standing] => {
      const id = subscription.organizationId;
      const { held, capMinor } = kept.get(id) ?? { held: nothingHeld, capMinor: null };
      const { spent, storage } = costs.get(id) ?? { spent: zero, storage: noStorage };
      const used = periodUsageOf(subscription.card, counted.get(id)?.totals ?? []);
      return [
        id,
        {
          subscription,
          terms: terms.get(id) ?? subscription.plan.terms,
          usage: usageWithHeld(used, held),
          held,
          spent,
          capMinor,
          storage,
          now,
        },
      ];
    }),
  );
}

/** Totals of an organization's current period. */
type Counted = { readonly periodId: string; readonly totals: CountedTotal[] };

async function countedTotals(sql: Sql, ids: string): Promise<Map<string, Counted>> {
  const rows = await sql<TotalRow>(
    `select s.organization_id, s.current_period_id as period_id, t.meter, t.complexity, t.units, t.billable
     from subscriptions s left join usage_totals t on t.organization_id = s.organization_id and t.period_id = s.current_period_id
       and t.meter in ('generations', 'api_calls', 'compute')
     where s.organization_id = any($1::uuid[])`,
    [ids],
  );
  const byOrganization = new Map<string, Counted>();
  for (const { organization_id: id, period_id: periodId, meter, complexity, units, billable } of rows) {
    const own = byOrganization.get(id) ?? { periodId, totals: [] };
    byOrganization.set(id, own);
    if (meter === null) continue;
    own.totals.push({
      meter,
      complexity: complexity === "all" ? null : (complexity as Complexity),
      units: whole(units),
      billable: whole(billable),
    });
  }
  return byOrganization;
}

type Kept = { readonly held: Held; readonly capMinor: bigint | null };

/** What is held, less what has expired and nobody has given back yet, and the spending caps. */
async function heldAndCaps(sql: Sql, ids: string, now: Date): Promise<Map<string, Kept>> {
  const rows = await sql<HeldColumns & { id: string; cap_minor: unknown }>(
    `with asked as (select unnest($1::uuid[]) as id),
     over as (
       select h.organization_id, sum(h.generations) as generations, sum(h.api_calls) as api_calls, sum(h.compute_ms) as compute_ms, sum(h.amount) as amount
       from holds h where h.organization_id = any($1::uuid[]) and h.state = 'PLACED' and h.expires_at <= $2 group by h.organization_id)
     select a.id, c.cap_minor, h.generations - coalesce(o.generations, 0) as generations, h.api_calls - coalesce(o.api_calls, 0) as api_calls,
       h.compute_ms - coalesce(o.compute_ms, 0) as compute_ms, h.amount - coalesce(o.amount, 0) as amount
     from asked a left join held_usage h on h.organization_id = a.id left join over o on o.organization_id = a.id
       left join spending_caps c on c.organization_id = a.id`,
    [ids, now],
  );
  return new Map(rows.map((row) => [row.id, { held: heldFrom(row), capMinor: wholeOrNull(row.cap_minor) }]));
}

type Costs = Pick<Standing, "spent" | "storage">;

/** Rated usage of current periods less credits, storage as estimated. */
async function readCosts(sql: Sql, subscriptions: readonly CurrentSubscription[]): Promise<Map<string, Costs>> {
  const meters = await readMeters(sql, subscriptions);
  return new Map([...meters].map(([id, own]) => [id, { spent: spentOn(own.meters), storage: own.storage }]));
}

/** What meters cost, less credits, in nano-units. */
export const spentOn = (meters: readonly MeterSummary[]): Exact =>
  sum(meters.map(({ amount, credit }) => subtract(amount, credit)));

type Metered = { readonly meters: readonly MeterSummary[]; readonly storage: StorageOf };

/** The four meters of current periods, storage as estimated. */
export async function readMeters(
  sql: Sql,
  subscriptions: readonly CurrentSubscription[],
): Promise<Map<string, Metered>> {
  if (subscriptions.length === 0) return new Map();
  const periods = subscriptions.map((subscription) => ({
    organizationId: subscription.organizationId,
    id: subscription.currentPeriodId,
    start: subscription.currentPeriodStart,
    end: subscription.currentPeriodEnd,
  }));
  const [totals, stored] = await Promise.all([periodTotals(sql, periods), periodStorage(sql, periods)]);
  return new Map(
    subscriptions.map((subscription): [string, Metered] => {
      const { currentPeriodId: id, currentPeriodStart: start, currentPeriodEnd: end, card, status } = subscription;
      const storage = stored.get(id) ?? noStorage;
      const trial = status === "TRIALING";
      return [
        subscription.organizationId,
        { meters: meterSummaries(card, { start, end }, true, trial, totals.get(id) ?? [], storage), storage },
      ];
    }),
  );
}
