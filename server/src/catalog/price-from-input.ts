import { isMeterCode, type MeterCode } from "../rating/meter.ts";
import type { PriceKey } from "../rating/rate-card.ts";
import type { PriceInput } from "./plan.input.ts";
import { InvalidCatalog } from "./plan.refusals.ts";
import type { PriceTerms } from "./plan-terms.ts";

/** @throws InvalidCatalog when there is no such meter */
export function meterOf(code: string): MeterCode {
  if (!isMeterCode(code))
    throw new InvalidCatalog(`There is no meter ${code}. The meters are generations, api_calls, storage and compute.`);
  return code;
}

/** What a price is for. @throws InvalidCatalog when a complexity is named for a meter without one */
export function priceKeyFromInput(meter: MeterCode, { complexity }: PriceInput): PriceKey {
  if (complexity && meter !== "generations") throw new InvalidCatalog(`The meter ${meter} has no complexity.`);
  return complexity ?? "all";
}

/** A price as it is stored. @throws InvalidCatalog when its model lacks a field */
export function priceTermsFrom(input: PriceInput): PriceTerms {
  const need = (name: "unitPrice" | "flatPrice" | "packageSize" | "packagePrice"): string => {
    const value = input[name];
    if (value === null || value === undefined)
      throw new InvalidCatalog(`A price of ${input.meter} with model ${input.model} needs ${name}.`);
    return value;
  };
  switch (input.model) {
    case "flat":
      return { kind: "flat", price: need("flatPrice") };
    case "perUnit":
      return { kind: "perUnit", price: need("unitPrice") };
    case "package":
      return { kind: "package", size: need("packageSize"), price: need("packagePrice") };
    case "graduated":
    case "volume":
      if (!input.tiers) throw new InvalidCatalog(`A price of ${input.meter} with model ${input.model} needs tiers.`);
      return {
        kind: input.model,
        tiers: input.tiers.map(({ upTo, unitPrice }) => ({ upTo: upTo ?? null, price: unitPrice })),
      };
  }
}
