import type { Complexity, PriceInput, PriceModelKind } from "../../gql/documents";
import { compareDecimals, isNegative, parseDecimal } from "../../lib/decimal";
import type { Price } from "./price-words";

/** One band of a price that is being written. The last one has no end: its `upTo` is not asked for. */
export type TierDraft = { readonly key: string; readonly upTo: string; readonly unitPrice: string };

/** A price that is being written. Each model has fields of its own, kept while one tries another model. */
export type PriceDraft = {
  readonly meter: string;
  readonly complexity: Complexity | null;
  readonly unit: string;
  readonly model: PriceModelKind;
  readonly unitPrice: string;
  readonly flatPrice: string;
  readonly packageSize: string;
  readonly packagePrice: string;
  readonly tiers: readonly TierDraft[];
};

let made = 0;

export const newTier = (upTo = "", unitPrice = ""): TierDraft => ({ key: `tier ${(made += 1)}`, upTo, unitPrice });

export const newPrice = (use: Pick<PriceDraft, "meter" | "complexity" | "unit">): PriceDraft => ({
  ...use,
  model: "PER_UNIT",
  unitPrice: "",
  flatPrice: "",
  packageSize: "",
  packagePrice: "",
  tiers: [newTier(), newTier()],
});

/** A price as it stands, to write the next one from. */
export function draftOf(price: Price): PriceDraft {
  const { meter, complexity, unit, model, unitPrice, tiers, packageSize } = price;
  const draft = { ...newPrice({ meter, complexity, unit }), model };
  switch (model) {
    case "PER_UNIT":
      return { ...draft, unitPrice: unitPrice.amount };
    case "FLAT":
      return { ...draft, flatPrice: unitPrice.amount };
    case "PACKAGE":
      return { ...draft, packageSize: packageSize ?? "", packagePrice: unitPrice.amount };
    case "GRADUATED":
    case "VOLUME":
      return { ...draft, tiers: tiers.map((tier) => newTier(tier.upTo ?? "", tier.unitPrice.amount)) };
  }
}

const isPrice = (text: string): boolean => {
  const decimal = parseDecimal(text);
  return decimal !== null && !isNegative(decimal);
};

/** A whole number from 1 up. */
const isWhole = (text: string): boolean => /^[1-9]\d*$/.test(parseDecimal(text) ?? "");

const PRICE = "Enter a price, such as 0.25";
const WHOLE = "Enter a whole number from 1 up";

type Faults = Record<string, string>;

/**
 * What is wrong with a draft, by field.
 *
 * @param path where the price lies in its form: "price"
 */
export function priceFaults(draft: PriceDraft, path: string): Faults {
  switch (draft.model) {
    case "PER_UNIT":
      return isPrice(draft.unitPrice) ? {} : { [`${path}.unitPrice`]: PRICE };
    case "FLAT":
      return isPrice(draft.flatPrice) ? {} : { [`${path}.flatPrice`]: PRICE };
    case "PACKAGE":
      return {
        ...(isWhole(draft.packageSize) ? {} : { [`${path}.packageSize`]: WHOLE }),
        ...(isPrice(draft.packagePrice) ? {} : { [`${path}.packagePrice`]: PRICE }),
      };
    case "GRADUATED":
    case "VOLUME":
      return tierFaults(draft.tiers, path);
  }
}

function tierFaults(tiers: readonly TierDraft[], path: string): Faults {
  const faults: Faults = {};
  let before = "0";
  for (const [index, { upTo, unitPrice }] of tiers.entries()) {
    const isLast = index === tiers.length - 1;
    if (!isPrice(unitPrice)) faults[`${path}.tiers.${index}.unitPrice`] = PRICE;
    if (isLast) continue;
    if (!isWhole(upTo)) faults[`${path}.tiers.${index}.upTo`] = WHOLE;
    else if (compareDecimals(decimalOf(upTo), before) <= 0)
      faults[`${path}.tiers.${index}.upTo`] = "Must be above the tier before";
    else before = decimalOf(upTo);
  }
  return faults;
}

const decimalOf = (text: string): string => parseDecimal(text) ?? "0";

/** The price as the API takes it. @param draft without faults */
export function priceInputOf(draft: PriceDraft): PriceInput {
  const { meter, complexity, model } = draft;
  const use = { meter, complexity, model };
  switch (model) {
    case "PER_UNIT":
      return { ...use, unitPrice: decimalOf(draft.unitPrice) };
    case "FLAT":
      return { ...use, flatPrice: decimalOf(draft.flatPrice) };
    case "PACKAGE":
      return { ...use, packageSize: decimalOf(draft.packageSize), packagePrice: decimalOf(draft.packagePrice) };
    case "GRADUATED":
    case "VOLUME":
      return {
        ...use,
        tiers: draft.tiers.map(({ upTo, unitPrice }, index) => ({
          upTo: index === draft.tiers.length - 1 ? null : decimalOf(upTo),
          unitPrice: decimalOf(unitPrice),
        })),
      };
  }
}

/** The price as it would be shown. @param draft without faults */
export function priceOf(draft: PriceDraft, currency: string): Price {
  const { meter, complexity, unit, model, tiers } = draft;
  const money = (text: string) => ({ amount: decimalOf(text), currency });
  const first = { PER_UNIT: draft.unitPrice, FLAT: draft.flatPrice, PACKAGE: draft.packagePrice };
  const isTiered = model === "GRADUATED" || model === "VOLUME";
  return {
    meter,
    complexity,
    unit,
    model,
    unitPrice: money(isTiered ? (tiers[0]?.unitPrice ?? "0") : first[model]),
    tiers: isTiered
      ? tiers.map(({ upTo, unitPrice }, index) => ({
          upTo: index === tiers.length - 1 ? null : decimalOf(upTo),
          unitPrice: money(unitPrice),
        }))
      : [],
    packageSize: model === "PACKAGE" ? decimalOf(draft.packageSize) : null,
    premiumMultiplier: "1",
  };
}
