import type { Price, Tier } from "../objects/price.ts";
import { type Decimal, decimalOf, divideHalfUp, readDecimal, wholeProduct } from "./decimal.ts";

type Priced = Pick<Price, "billing_scheme" | "tiers" | "tiers_mode" | "transform_quantity" | "unit_amount"> &
  Pick<Price, "unit_amount_decimal">;

const ONE = decimalOf(1);

/** A unit price in minor units, from either of the two ways in which Stripe writes it. */
const unitOf = (whole: number | null, decimal: string | null): Decimal =>
  (decimal === null ? null : readDecimal(decimal)) ?? decimalOf(whole ?? 0);

/**
 * What `quantity` costs at `price`.
 *
 * @param quantity zero or more; decimals where usage is measured
 * @returns whole minor units; rounded once, halves up
 */
export function amountFor(price: Priced, quantity: Decimal): number {
  if (price.billing_scheme === "tiered") {
    return price.tiers_mode === "volume" ? volume(price.tiers ?? [], quantity) : graduated(price.tiers ?? [], quantity);
  }
  const unit = unitOf(price.unit_amount, price.unit_amount_decimal);
  if (price.transform_quantity) {
    const { divide_by, round } = price.transform_quantity;
    const package_ = decimalOf(divide_by);
    const packages = round === "up" ? (quantity + package_ - 1n) / package_ : quantity / package_;
    return wholeProduct(unit, packages * ONE);
  }
  return wholeProduct(unit, quantity);
}

const topOf = ({ up_to }: Tier): Decimal | null => (up_to === null ? null : decimalOf(up_to));

/** All units at the price of the tier that the quantity falls in. */
function volume(tiers: readonly Tier[], quantity: Decimal): number {
  const tier = tiers.find((each) => quantity <= (topOf(each) ?? quantity)) ?? tiers.at(-1);
  return tier ? roundedSum([tierCost(tier, quantity)]) : 0;
}

/** Each unit at the price of its own tier; a tier's flat amount is owed once a unit falls in it. */
function graduated(tiers: readonly Tier[], quantity: Decimal): number {
  const costs: bigint[] = [];
  let from = 0n;
  for (const tier of tiers) {
    if (quantity <= from && from > 0n) break;
    const top = topOf(tier) ?? quantity;
    costs.push(tierCost(tier, (quantity < top ? quantity : top) - from));
    from = top;
  }
  return roundedSum(costs);
}

const tierCost = (tier: Tier, units: Decimal): bigint =>
  unitOf(tier.unit_amount, tier.unit_amount_decimal) * units + unitOf(tier.flat_amount, tier.flat_amount_decimal) * ONE;

/** The costs carry the places of a unit price and those of a quantity. */
const roundedSum = (costs: readonly bigint[]): number =>
  Number(
    divideHalfUp(
      costs.reduce((total, cost) => total + cost, 0n),
      ONE * ONE,
    ),
  );
