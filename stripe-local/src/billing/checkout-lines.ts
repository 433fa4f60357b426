import type { Call } from "../http/call.ts";
import type { CheckoutSession } from "../objects/checkout-session.ts";
import type { StripeObject } from "../store/store.ts";
import { readPrice } from "./read.ts";

/** What is bought on a checkout page: its lines with their prices. */
export const linesOf = (call: Call, { local }: CheckoutSession): StripeObject[] =>
  local.lines.map((line) => {
    const { tiers: _tiers, ...price } = readPrice(call, line.price);
    return { ...line, price };
  });
