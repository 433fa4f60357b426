import type { Complexity, PriceModelKind } from "../../gql/documents";
import { compareDecimals } from "../../lib/decimal";
import { formatExact, type MoneyValue } from "../../lib/money";
import { formatDecimal, meterName } from "../../lib/quantity";

/** A price as the API shows it. */
export type Price = {
  readonly meter: string;
  readonly complexity: Complexity | null;
  readonly model: PriceModelKind;
  /** Of the first unit; of a package, or of any use at all, where the model is that. */
  readonly unitPrice: MoneyValue;
  readonly tiers: readonly { readonly upTo: string | null; readonly unitPrice: MoneyValue }[];
  readonly packageSize: string | null;
  readonly premiumMultiplier: string;
  readonly unit: string;
};

type Use = Pick<Price, "meter" | "complexity">;

/** What a price is for: "Generations T1", "API calls". */
export const wordsOfUse = ({ meter, complexity }: Use): string =>
  complexity === null ? meterName(meter) : `${meterName(meter)} ${complexity}`;

/** Two prices for the same use cannot stand beside each other: the one replaces the other. */
export const keyOfUse = ({ meter, complexity }: Use): string => `${meter} ${complexity ?? "all"}`;

export const MODELS: Readonly<Record<PriceModelKind, { readonly label: string; readonly meaning: string }>> = {
  PER_UNIT: { label: "Per unit", meaning: "The same price for each unit." },
  GRADUATED: { label: "Graduated", meaning: "Each tier has its own price, for the units that fall into it." },
  VOLUME: { label: "Volume", meaning: "The tier that holds the whole quantity prices all of it." },
  PACKAGE: { label: "Package", meaning: "Packages that were begun are paid in full." },
  FLAT: { label: "Flat", meaning: "One amount for any use at all." },
};

/** "$0.25 a generation", "up to 1,000 at $0.10, beyond at $0.05, each tier at its own price". */
export function priceWords({ model, unitPrice, unit, tiers, packageSize }: Price): string {
  switch (model) {
    case "PER_UNIT":
      return `${formatExact(unitPrice)} a ${unit}`;
    case "FLAT":
      return `${formatExact(unitPrice)} for any use at all`;
    case "PACKAGE":
      return `${formatExact(unitPrice)} for each ${formatDecimal(packageSize ?? "1")} ${unit}s begun`;
    case "GRADUATED":
      return `${tierWords(tiers)}, each tier at its own price`;
    case "VOLUME":
      return `${tierWords(tiers)}, all at the price of the tier that is reached`;
  }
}

const tierWords = (tiers: Price["tiers"]): string =>
  tiers
    .map(
      ({ upTo, unitPrice }) =>
        `${upTo === null ? "beyond" : `up to ${formatDecimal(upTo)}`} at ${formatExact(unitPrice)}`,
    )
    .join(", ");

/** "x 2", or nothing where the factor changes nothing. */
export const premiumWords = (multiplier: string): string | null =>
  compareDecimals(multiplier, "1") === 0 ? null : `x ${formatDecimal(multiplier)}`;
