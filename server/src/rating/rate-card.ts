import type { MeterCode } from "./meter.ts";
import { type Multiplier, type PriceModel, multiplied } from "./price-model.ts";

/** What happens past the allowance: refused and not billed, billed, or there is nothing past it. */
export const limitKinds = ["hard", "overage", "none"] as const;
export type LimitKind = (typeof limitKinds)[number];

export const complexities = ["T0", "T1", "T2", "T3"] as const;
export type Complexity = (typeof complexities)[number];

/** A price belongs to a complexity, or to all use of its meter. */
export const priceKeys = [...complexities, "all"] as const;
export type PriceKey = (typeof priceKeys)[number];

export type MeterRate = {
  /** Priced units included in a period; null: unlimited. */
  readonly included: bigint | null;
  readonly prices: Readonly<Partial<Record<PriceKey, PriceModel>>>;
  /** Factor on the price of premium model classes. */
  readonly premium: Multiplier;
};

/** The prices and allowances of one plan version, with the overrides of one subscription laid over them. */
export type RateCard = {
  readonly limit: LimitKind;
  readonly meters: Readonly<Record<MeterCode, MeterRate>>;
  /** Model classes that pay the premium factor, in lower case. */
  readonly premiumModels: readonly string[];
};

export const noMultiplier: Multiplier = { numerator: 1n, denominator: 1n };

/** The key of the price that a complexity pays: its own, else the one for all. */
export const priceKeyOf = (rate: MeterRate, complexity: Complexity | null): PriceKey =>
  complexity !== null && rate.prices[complexity] ? complexity : "all";

/**
 * The model that prices a unit: that of its complexity, else the one for all, premium or not.
 *
 * @throws RangeError when the card has no price for it; a published card always has
 */
export function priceFor(
  rate: MeterRate,
  complexity: Complexity | null,
  premium: boolean,
): { key: PriceKey; model: PriceModel } {
  const key = priceKeyOf(rate, complexity);
  const model = rate.prices[key];
  if (!model) throw new RangeError(`no price for ${complexity ?? "all"}`);
  return { key, model: premium ? multiplied(model, rate.premium) : model };
}

/**
 * True when a model belongs to a premium class: the class itself or one of its variants, such as
 * `gpt-4-turbo`, `gpt-4o` or `Claude-3.5-sonnet`. `gpt-40` is another model.
 *
 * @param classes in lower case
 */
export function isPremiumModel(model: string | null, classes: readonly string[]): boolean {
  if (model === null) return false;
  const name = model.toLowerCase();
  return classes.some((family) => name.startsWith(family) && VARIANT.test(name.slice(family.length)));
}

/** What may follow the name of a class: nothing, a separator, or the letter of an edition. */
const VARIANT = /^($|[^0-9a-z]|o(?![0-9a-z]))/;
