import { planById } from "../catalog/read-catalog.ts";
import { instant, instantOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { MeterCode } from "../rating/meter.ts";
import type { RateCard } from "../rating/rate-card.ts";
import { type Override, withOverrides } from "./subscription.ts";

/** The rate cards of a plan version for one organization: the version never changes, prices of the customer's own come and go. */
export type RateCardHistory = {
  /** The card in force at an instant. */
  readonly at: (instant: Date) => RateCard;
  /** True when every price that the meter ever had is per unit, so that no amount depends on what came before. */
  readonly isPerUnit: (meter: MeterCode) => boolean;
};

export async function rateCardHistory(
  sql: Sql,
  organizationId: string,
  planVersionId: string,
): Promise<RateCardHistory> {
  const { card } = await planById(sql, planVersionId);
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
      const key = inForce.map((override) => overrides.indexOf(override)).join();
      const known = cards.get(key) ?? withOverrides(card, inForce);
      cards.set(key, known);
      return known;
    },
    isPerUnit: (meter) =>
      Object.values(card.meters[meter].prices).every(({ kind }) => kind === "perUnit") &&
      overrides.every((override) => override.meter !== meter || override.price.kind === "perUnit"),
  };
}
