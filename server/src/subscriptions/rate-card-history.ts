import { plansById, type PublishedPlan } from "../catalog/read-catalog.ts";
import { arrayOf, instant, instantOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { MeterCode } from "../rating/meter.ts";
import type { RateCard } from "../rating/rate-card.ts";
import { type Override, withOverrides } from "./subscription.ts";

/**
 * The rate cards of one billing period of an organization: a version never changes, but an upgrade
 * or an unpaid renewal puts another in force, and prices of the customer's own come and go.
 */
export type RateCardHistory = {
  /** The card in force at an instant. */
  readonly at: (instant: Date) => RateCard;
  /** True when every price that the meter ever had is per unit, so that no amount depends on what came before. */
  readonly isPerUnit: (meter: MeterCode) => boolean;
};

/** A billing period, and the plan version that it began with. */
export type RatedPeriod = { readonly organizationId: string; readonly id: string; readonly planVersionId: string };

/** The rate cards of one period. */
export async function rateCardHistory(
  sql: Sql,
  organizationId: string,
  period: Omit<RatedPeriod, "organizationId">,
): Promise<RateCardHistory> {
  const history = (await rateCardHistories(sql, [{ organizationId, ...period }])).get(period.id);
  if (!history) throw new Error("a period without rate cards");
  return history;
}

/** The rate cards of many organizations' periods, by period id: two statements, however many are asked for. */
export async function rateCardHistories(
  sql: Sql,
  periods: readonly RatedPeriod[],
): Promise<Map<string, RateCardHistory>> {
  const overrides = await readOverrides(sql, periods);
  const spells = await readSpells(sql, periods);
  const firsts = await plansById(
    sql,
    periods.map(({ planVersionId }) => planVersionId),
  );
  return new Map(
    firsts.map((first, index) => {
      const { id = "", organizationId = "" } = periods[index] ?? {};
      return [id, historyOf(first, spells.get(id) ?? [], overrides.get(organizationId) ?? [])];
    }),
  );
}

function historyOf(
  first: PublishedPlan,
  spells: readonly Spell[],
  overrides: readonly PastOverride[],
): RateCardHistory {
  const cards = new Map<string, RateCard>();
  return {
    at: (moment) => {
      const at = moment.getTime();
      const inForce = overrides.filter(
        ({ createdAt, endedAt }) => createdAt.getTime() <= at && (endedAt === null || at < endedAt.getTime()),
      );
      const spell = spells.findLast(({ startsAt }) => startsAt.getTime() <= at);
      const plan = spell?.plan ?? first;
      const key = `${plan.id}:${spell?.restricted ?? false}:${inForce.map((override) => overrides.indexOf(override)).join()}`;
      const known = cards.get(key) ?? withOverrides(plan.card, spell?.restricted ? [] : inForce);
      cards.set(key, known);
      return known;
    },
    isPerUnit: (meter) =>
      [first, ...spells.map(({ plan }) => plan)].every(({ card }) =>
        Object.values(card.meters[meter].prices).every(({ kind }) => kind === "perUnit"),
      ) && overrides.every((override) => override.meter !== meter || override.price.kind === "perUnit"),
  };
}

type PastOverride = Override & { readonly createdAt: Date; readonly endedAt: Date | null };

/** Prices of the customers' own that are or were in force, oldest first, by organization. */
async function readOverrides(sql: Sql, periods: readonly RatedPeriod[]): Promise<Map<string, PastOverride[]>> {
  const rows = await sql<Override & { organization_id: string; created_at: unknown; ended_at: unknown }>(
    `select organization_id, meter, price_key as "priceKey", price, created_at, ended_at from price_overrides
     where organization_id = any($1::uuid[]) order by created_at, id`,
    [arrayOf(periods.map(({ organizationId }) => organizationId))],
  );
  return Map.groupBy(
    rows.map((row) => ({ ...row, createdAt: instant(row.created_at), endedAt: instantOrNull(row.ended_at) })),
    (row) => row.organization_id,
  );
}

type Spell = { readonly startsAt: Date; readonly plan: PublishedPlan; readonly restricted: boolean };

/** The changes of plan within periods, oldest first, by period. */
async function readSpells(sql: Sql, periods: readonly RatedPeriod[]): Promise<Map<string, Spell[]>> {
  const rows = await sql<{ billing_period_id: string; starts_at: unknown; plan_version_id: string; cause: string }>(
    `select s.billing_period_id, s.starts_at, s.plan_version_id, s.cause
     from unnest($1::uuid[], $2::uuid[]) as p (organization_id, id)
     join plan_spells s on s.organization_id = p.organization_id and s.billing_period_id = p.id
     order by s.starts_at, s.id`,
    [arrayOf(periods.map(({ organizationId }) => organizationId)), arrayOf(periods.map(({ id }) => id))],
  );
  const plans = await plansById(
    sql,
    rows.map((row) => row.plan_version_id),
  );
  const spells = new Map<string, Spell[]>();
  for (const [index, plan] of plans.entries()) {
    const row = rows[index];
    if (!row) continue;
    const own = spells.get(row.billing_period_id) ?? [];
    spells.set(row.billing_period_id, own);
    own.push({ startsAt: instant(row.starts_at), plan, restricted: row.cause === "restricted" });
  }
  return spells;
}
