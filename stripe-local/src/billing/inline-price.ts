import type { Call } from "../http/call.ts";
import { createPrice, type Interval, type Price } from "../objects/price.ts";

/** A price that a request describes instead of naming one. */
export type PriceData = {
  currency: string;
  product?: string;
  product_data?: { name: string; description?: string; metadata?: Record<string, string> };
  recurring?: { interval: Interval; interval_count?: number };
  tax_behavior?: "exclusive" | "inclusive" | "unspecified";
  unit_amount?: number;
  unit_amount_decimal?: string;
};

/** Makes the price; nothing else can be sold at it. */
export const createInlinePrice = (call: Call, data: PriceData): Price => createPrice(call, { ...data, active: false });
