import type { LimitKind, PublishPlanVersionInput, RateCard_PlanFragment } from "../../gql/documents";
import { isNegative, isZero, parseDecimal } from "../../lib/decimal";
import { METERS } from "../../lib/quantity";
import { monthlyPriceFault } from "./agreed-price";
import { draftOf, newPrice, type PriceDraft, priceFaults, priceInputOf } from "./price-draft";

export type MeterDraft = {
  readonly meter: string;
  readonly unlimited: boolean;
  readonly included: string;
  readonly premiumMultiplier: string;
  readonly prices: readonly PriceDraft[];
};

export type EntitlementDraft = {
  readonly key: string;
  readonly enabled: boolean;
  /** Empty: unlimited, or not a matter of numbers. */
  readonly limit: string;
  readonly value: string | null;
};

/** The next version of a plan while it is being written: everything is text until it is published. */
export type PlanDraft = {
  readonly code: RateCard_PlanFragment["code"];
  readonly name: string;
  readonly monthlyPrice: string;
  readonly monthlyPriceIsMinimum: boolean;
  readonly limitKind: LimitKind;
  readonly support: string;
  readonly meters: readonly MeterDraft[];
  readonly entitlements: readonly EntitlementDraft[];
  readonly rateLimits: readonly { readonly action: string; readonly perMinute: string }[];
};

/** A draft that says what the version says. */
export function planDraftOf(plan: RateCard_PlanFragment): PlanDraft {
  const { code, name, monthlyPrice, monthlyPriceIsMinimum, limitKind, support } = plan;
  return {
    code,
    name,
    monthlyPrice: monthlyPrice.amount,
    monthlyPriceIsMinimum,
    limitKind,
    support,
    meters: METERS.map((meter) => meterDraftOf(plan, meter)),
    entitlements: plan.entitlements.map(({ key, enabled, limit, value }) => ({
      key,
      enabled,
      limit: limit ?? "",
      value,
    })),
    rateLimits: plan.rateLimits.map(({ action, perMinute }) => ({ action, perMinute: String(perMinute) })),
  };
}

function meterDraftOf({ included, prices }: RateCard_PlanFragment, meter: string): MeterDraft {
  const quantity = included.find((allowance) => allowance.meter === meter)?.quantity ?? null;
  const own = prices.filter((price) => price.meter === meter);
  return {
    meter,
    unlimited: quantity === null,
    included: quantity ?? "",
    premiumMultiplier: own[0]?.premiumMultiplier ?? "1",
    prices: own.map(draftOf),
  };
}

const COMPLEXITIES = ["T0", "T1", "T2", "T3"] as const;

export const isByComplexity = ({ prices }: MeterDraft): boolean => prices.some(({ complexity }) => complexity !== null);

/** One price for all complexities becomes four that start alike, and four become the first of them. */
export function withComplexities(meter: MeterDraft, byComplexity: boolean): MeterDraft {
  const first = meter.prices[0] ?? newPrice({ meter: meter.meter, complexity: null, unit: "generation" });
  const prices = byComplexity
    ? COMPLEXITIES.map((complexity) => ({ ...first, complexity }))
    : [{ ...first, complexity: null }];
  return { ...meter, prices };
}

const isWhole = (text: string): boolean => /^\d+$/.test(parseDecimal(text) ?? "");
const WHOLE = "Enter a whole number";

/** What is wrong with a draft, by field. The server judges the whole once more. */
export function planFaults(draft: PlanDraft): Record<string, string> {
  const faults: Record<string, string> = {};
  if (draft.name.trim() === "") faults["name"] = "Enter a name";
  const price = monthlyPriceFault(draft.monthlyPrice);
  if (price) faults["monthlyPrice"] = price;
  for (const [index, meter] of draft.meters.entries()) Object.assign(faults, meterFaults(meter, `meters.${index}`));
  for (const [index, { enabled, limit }] of draft.entitlements.entries()) {
    if (enabled && limit !== "" && !isWhole(limit))
      faults[`entitlements.${index}.limit`] = `${WHOLE}, or nothing for unlimited`;
  }
  for (const [index, { perMinute }] of draft.rateLimits.entries()) {
    if (!/^[1-9]\d{0,8}$/.test(parseDecimal(perMinute) ?? ""))
      faults[`rateLimits.${index}.perMinute`] = `${WHOLE} from 1 up`;
  }
  return faults;
}

function meterFaults(
  { unlimited, included, premiumMultiplier, prices }: MeterDraft,
  path: string,
): Record<string, string> {
  const factor = parseDecimal(premiumMultiplier);
  const isFactor = factor !== null && !isNegative(factor) && !isZero(factor);
  return {
    ...(unlimited || isWhole(included) ? {} : { [`${path}.included`]: WHOLE }),
    ...(isFactor ? {} : { [`${path}.premiumMultiplier`]: "Enter a factor above 0, such as 2" }),
    ...Object.fromEntries(
      prices.flatMap((price, index) => Object.entries(priceFaults(price, `${path}.prices.${index}`))),
    ),
  };
}

/** The version as the API takes it. @param draft without faults */
export function publishInputOf(draft: PlanDraft): PublishPlanVersionInput {
  const { code, name, monthlyPrice, monthlyPriceIsMinimum, limitKind, support } = draft;
  return {
    code,
    name: name.trim(),
    monthlyPrice: parseDecimal(monthlyPrice) ?? monthlyPrice,
    monthlyPriceIsMinimum,
    limitKind,
    support,
    included: draft.meters.map(({ meter, unlimited, included }) => ({
      meter,
      quantity: unlimited ? null : parseDecimal(included),
    })),
    prices: draft.meters.flatMap(({ prices, premiumMultiplier }) =>
      prices.map((price) => ({ ...priceInputOf(price), premiumMultiplier: parseDecimal(premiumMultiplier) })),
    ),
    entitlements: draft.entitlements.map(({ key, enabled, limit, value }) => ({
      key,
      enabled,
      limit: limit === "" ? null : parseDecimal(limit),
      value,
    })),
    rateLimits: draft.rateLimits.map(({ action, perMinute }) => ({
      action,
      perMinute: Number(parseDecimal(perMinute)),
    })),
  };
}
