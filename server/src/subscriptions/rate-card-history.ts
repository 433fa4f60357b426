import { planById, type PublishedPlan } from "../catalog/read-catalog.ts";
import { instant, instantOrNull } from "../platform/database/row.ts";
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

export async function rateCardHistory(
  sql: Sql,
  organizationId: string,
  period: { readonly id: string; readonly planVersionId: string },
): Promise<RateCardHistory> {
  const first = await planById(sql, period.planVersionId);
  const spells = await readSpells(sql, organizationId, period.id);
  const spellAt = (moment: Date): Spell | undefined =>
    spells.findLast(({ startsAt }) => startsAt.getTime() <= moment.getTime());
  const overrides = await sql<Override & { created_at: unknown; ended_at: unknown }>(
    `select meter, price_key as "priceKey", price, created_at, ended_at from price_overrides where organization_id = $1 order by created_at, id`,
    [organizationId],
  );
  const cards = new Map<string, RateCard>();
  return {
    at: (moment) => {
      const inForce = overrides.filter(({ created_at, ended_at }) => {
        const end = instantOrNull(ended_at);
        return instant(created_at).getTime() <= moment.getTime() && (end === null || moment.getTime() < end.getTime());
      });
      const spell = spellAt(moment);
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

type Spell = { readonly startsAt: Date; readonly plan: PublishedPlan; readonly restricted: boolean };

/** The changes of plan within a period, oldest first. */
async function readSpells(sql: Sql, organizationId: string, periodId: string): Promise<Spell[]> {
  const rows = await sql<{ starts_at: unknown; plan_version_id: string; cause: string }>(
    "select starts_at, plan_version_id, cause from plan_spells where organization_id = $1 and billing_period_id = $2 order by starts_at, id",
    [organizationId, periodId],
  );
  return Promise.all(
    rows.map(async (row) => ({
      startsAt: instant(row.starts_at),
      plan: await planById(sql, row.plan_version_id),
      restricted: row.cause === "restricted",
    })),
  );
}
