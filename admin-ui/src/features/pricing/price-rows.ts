import type { CustomerPrices_SubscriptionFragment } from "../../gql/documents";
import { type Price, keyOfUse } from "./price-words";

export type OwnPrice = CustomerPrices_SubscriptionFragment["priceOverrides"][number];

/** One use of a meter: what the plan asks for it, and what this customer pays instead. */
export type PriceRow = { readonly key: string; readonly plan: Price | null; readonly own: OwnPrice | null };

/** The prices of a plan with those of the customer's own beside them; own prices for further uses follow. */
export function priceRows(planPrices: readonly Price[], overrides: readonly OwnPrice[]): PriceRow[] {
  const own = new Map(overrides.map((override) => [keyOfUse(override.price), override]));
  const planned = planPrices.map((price) => ({
    key: keyOfUse(price),
    plan: price,
    own: own.get(keyOfUse(price)) ?? null,
  }));
  const known = new Set(planned.map(({ key }) => key));
  const further = overrides.filter(({ price }) => !known.has(keyOfUse(price)));
  return [...planned, ...further.map((override) => ({ key: keyOfUse(override.price), plan: null, own: override }))];
}

/** The price in force, the customer's own before the plan's. */
export const priceInForce = ({ plan, own }: PriceRow): Price | null => own?.price ?? plan;
