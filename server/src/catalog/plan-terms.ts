import { parseDecimal } from "../kernel/exact.ts";
import { minorFromMajor, nanosFromMajor } from "../kernel/money.ts";
import { type MeterCode, meterCodes } from "../rating/meter.ts";
import {
  type MeterRate,
  type PriceKey,
  type RateCard,
  type LimitKind,
  noMultiplier,
  priceKeys,
  complexities,
} from "../rating/rate-card.ts";
import { type Multiplier, type PriceModel, multiplied } from "../rating/price-model.ts";

export const planCodes = ["free", "starter", "professional", "enterprise"] as const;
export type PlanCode = (typeof planCodes)[number];

/** A price as it is stored and published: decimals of the major unit and of the meter's unit, as strings. */
export type PriceTerms =
  | { readonly kind: "flat"; readonly price: string }
  | { readonly kind: "perUnit"; readonly price: string }
  | {
      readonly kind: "graduated" | "volume";
      readonly tiers: readonly { readonly upTo: string | null; readonly price: string }[];
    }
  | { readonly kind: "package"; readonly size: string; readonly price: string };

export type MeterTerms = {
  /** Included in a period, in the meter's unit; null: unlimited. */
  readonly included: string | null;
  readonly prices: Readonly<Partial<Record<PriceKey, PriceTerms>>>;
  readonly premiumMultiplier: string;
};

export type EntitlementTerms = {
  readonly key: string;
  readonly enabled: boolean;
  readonly limit: string | null;
  readonly value: string | null;
};

/** All that a plan version promises. Immutable once published. */
export type PlanTerms = {
  readonly name: string;
  readonly monthly: string;
  readonly monthlyIsMinimum: boolean;
  readonly limit: LimitKind;
  readonly support: string;
  readonly meters: Readonly<Record<MeterCode, MeterTerms>>;
  readonly premiumModels: readonly string[];
  readonly entitlements: readonly EntitlementTerms[];
  readonly ratePerMinute: Readonly<Record<string, number>>;
};

/**
 * The rate card that plan terms stand for.
 *
 * @throws RangeError in words for the person who wrote the terms
 */
export function rateCardOf(terms: PlanTerms): RateCard {
  const meters = Object.fromEntries(meterCodes.map((code) => [code, meterRateOf(code, terms.meters[code])])) as Record<
    MeterCode,
    MeterRate
  >;
  return { limit: terms.limit, meters, premiumModels: terms.premiumModels.map((model) => model.toLowerCase()) };
}

/** The recurring fee in minor units. @throws RangeError when it is no whole number of cents, or below zero */
export function monthlyMinorOf(terms: PlanTerms): bigint {
  const minor = minorFromMajor(terms.monthly);
  if (minor === null || minor < 0n)
    throw new RangeError(`The monthly price ${terms.monthly} must be whole cents, zero or more.`);
  return minor;
}

function meterRateOf(code: MeterCode, terms: MeterTerms): MeterRate {
  const premium = multiplierOf(code, terms.premiumMultiplier);
  const prices = Object.fromEntries(
    priceKeys.flatMap((key) => {
      const price = terms.prices[key];
      return price ? [[key, priceModelOf(code, price, premium)]] : [];
    }),
  ) as Partial<Record<PriceKey, PriceModel>>;
  if (!prices.all && !(code === "generations" && complexities.every((key) => prices[key]))) {
    throw new RangeError(
      `The meter ${code} needs a price for all${code === "generations" ? ", or one for each complexity" : ""}.`,
    );
  }
  return {
    included: terms.included === null ? null : wholeUnits(code, "included quantity", terms.included, 0n),
    prices,
    premium,
  };
}

/** Reads one price. @throws RangeError when it is malformed, or not whole nano-units after the premium factor */
export function priceModelOf(code: MeterCode, terms: PriceTerms, premium: Multiplier = noMultiplier): PriceModel {
  const model = plainModelOf(code, terms);
  multiplied(model, premium);
  return model;
}

function plainModelOf(code: MeterCode, terms: PriceTerms): PriceModel {
  switch (terms.kind) {
    case "flat":
      return { kind: "flat", flatNanos: priceNanos(code, terms.price) };
    case "perUnit":
      return { kind: "perUnit", unitNanos: priceNanos(code, terms.price) };
    case "package":
      return {
        kind: "package",
        size: wholeUnits(code, "package size", terms.size, 1n),
        packageNanos: priceNanos(code, terms.price),
      };
    case "graduated":
    case "volume":
      return { kind: terms.kind, tiers: tiersOf(code, terms.tiers) };
  }
}

function tiersOf(code: MeterCode, terms: readonly { upTo: string | null; price: string }[]) {
  const tiers = terms.map(({ upTo, price }) => ({
    upTo: upTo === null ? null : wholeUnits(code, "tier", upTo, 1n),
    unitNanos: priceNanos(code, price),
  }));
  if (tiers.length === 0 || tiers.findIndex(({ upTo }) => upTo === null) !== tiers.length - 1) {
    throw new RangeError(`The tiers of ${code} must end with one open tier, without upTo.`);
  }
  for (const [index, tier] of tiers.entries()) {
    const before = tiers[index - 1]?.upTo;
    if (before !== undefined && before !== null && tier.upTo !== null && tier.upTo <= before) {
      throw new RangeError(`The tiers of ${code} must rise.`);
    }
  }
  return tiers;
}

function multiplierOf(code: MeterCode, text: string): Multiplier {
  const value = parseDecimal(text);
  if (value === null || value.numerator <= 0n)
    throw new RangeError(`The premium multiplier ${text} of ${code} must be above zero.`);
  return value;
}

function priceNanos(code: MeterCode, text: string): bigint {
  const nanos = nanosFromMajor(text);
  if (nanos === null || nanos < 0n || nanos > MAX_PRICE_NANOS) {
    throw new RangeError(`The price ${text} of ${code} must be from 0 to 1000000 with at most 11 places.`);
  }
  return nanos;
}

const MAX_PRICE_NANOS = 1_000_000n * 100n * 1_000_000_000n;

function wholeUnits(code: MeterCode, what: string, text: string, least: bigint): bigint {
  const value = parseDecimal(text);
  if (value === null || value.denominator !== 1n || value.numerator < least || value.numerator > MAX_UNITS) {
    throw new RangeError(`The ${what} ${text} of ${code} must be a whole number from ${least} to ${MAX_UNITS}.`);
  }
  return value.numerator;
}

const MAX_UNITS = 1_000_000_000_000n;
