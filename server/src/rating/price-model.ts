import { type Exact, exact } from "../kernel/exact.ts";

/**
 * How a quantity becomes an amount.
 *
 * Quantities are whole base units of a meter (a call, a generation, a millisecond); `scale` base
 * units make one priced unit (60,000 milliseconds a minute). Prices are whole nano-units of the
 * minor unit for one priced unit (1_000_000_000n = one cent), so $0.0000004 a call stays exact.
 */
export type PriceModel =
  | { readonly kind: "flat"; readonly flatNanos: bigint }
  | { readonly kind: "perUnit"; readonly unitNanos: bigint }
  | { readonly kind: "graduated"; readonly tiers: readonly Tier[] }
  | { readonly kind: "volume"; readonly tiers: readonly Tier[] }
  | { readonly kind: "package"; readonly size: bigint; readonly packageNanos: bigint };

/** Applies up to and including `upTo` priced units; the last tier is open (`upTo: null`). */
export type Tier = { readonly upTo: bigint | null; readonly unitNanos: bigint };

/**
 * What `quantity` base units cost under `model`, not rounded.
 *
 * The result counts nano-units times base units: divide by `scale` for nano-units. Keeping the
 * division out makes every amount of the ledger a whole number.
 *
 * - flat: one amount for any use at all.
 * - graduated: each tier keeps its own price for the units that fall into it.
 * - volume: the tier that holds the whole quantity prices all of it.
 * - package: started packages are paid in full.
 *
 * @param quantity base units, zero or more
 * @param scale base units of one priced unit, one or more
 */
export function amountFor(model: PriceModel, quantity: bigint, scale: bigint): bigint {
  if (quantity === 0n) return 0n;
  switch (model.kind) {
    case "flat":
      return model.flatNanos * scale;
    case "perUnit":
      return quantity * model.unitNanos;
    case "graduated":
      return graduatedAmount(model.tiers, quantity, scale);
    case "volume":
      return quantity * tierHolding(model.tiers, quantity, scale).unitNanos;
    case "package": {
      const size = model.size * scale;
      return ((quantity + size - 1n) / size) * model.packageNanos * scale;
    }
  }
}

/**
 * What the units after the first `before` cost: the growth of the whole amount.
 *
 * The parts of a period add up to the price of its total whatever the order and the cuts. Under a
 * volume price a part may be negative, when it brings all units to a cheaper tier.
 */
export const amountBetween = (model: PriceModel, before: bigint, quantity: bigint, scale: bigint): bigint =>
  model.kind === "perUnit"
    ? quantity * model.unitNanos
    : amountFor(model, before + quantity, scale) - amountFor(model, before, scale);

/** The amount as nano-units. */
export const nanosOf = (amount: bigint, scale: bigint): Exact => exact(amount, scale);

/** The price of the first unit past the allowance, for a price list. */
export function firstUnitNanos(model: PriceModel): bigint {
  switch (model.kind) {
    case "flat":
      return model.flatNanos;
    case "perUnit":
      return model.unitNanos;
    case "graduated":
    case "volume":
      return model.tiers[0]?.unitNanos ?? 0n;
    case "package":
      return model.packageNanos;
  }
}

/** A factor on a price, as for premium model classes: a ratio of whole numbers. */
export type Multiplier = { readonly numerator: bigint; readonly denominator: bigint };

/**
 * The same model with every price multiplied.
 *
 * @throws RangeError when a price would not be a whole number of nano-units
 */
export function multiplied(model: PriceModel, by: Multiplier): PriceModel {
  const times = (nanos: bigint): bigint => {
    const product = nanos * by.numerator;
    if (product % by.denominator !== 0n) throw new RangeError("the multiplied price is finer than a nano-unit");
    return product / by.denominator;
  };
  switch (model.kind) {
    case "flat":
      return { ...model, flatNanos: times(model.flatNanos) };
    case "perUnit":
      return { ...model, unitNanos: times(model.unitNanos) };
    case "graduated":
    case "volume":
      return { ...model, tiers: model.tiers.map((tier) => ({ ...tier, unitNanos: times(tier.unitNanos) })) };
    case "package":
      return { ...model, packageNanos: times(model.packageNanos) };
  }
}

function graduatedAmount(tiers: readonly Tier[], quantity: bigint, scale: bigint): bigint {
  let amount = 0n;
  let priced = 0n;
  for (const tier of tiers) {
    const ceiling = tier.upTo === null || tier.upTo * scale > quantity ? quantity : tier.upTo * scale;
    amount += (ceiling - priced) * tier.unitNanos;
    priced = ceiling;
    if (priced === quantity) break;
  }
  return amount;
}

function tierHolding(tiers: readonly Tier[], quantity: bigint, scale: bigint): Tier {
  const tier = tiers.find(({ upTo }) => upTo === null || quantity <= upTo * scale);
  if (!tier) throw new Error("the last tier must be open");
  return tier;
}
