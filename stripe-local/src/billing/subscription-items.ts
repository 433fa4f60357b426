import type { Call } from "../http/call.ts";
import { invalid, missing, noSuch } from "../http/stripe-error.ts";
import { mergeMetadata } from "../objects/change.ts";
import type { Price } from "../objects/price.ts";
import { type Metadata, newSubscriptionItem, type SubscriptionItem } from "../objects/subscription.ts";
import { createInlinePrice, type PriceData } from "./inline-price.ts";
import type { Cadence, Period } from "./periods.ts";
import { readPrice } from "./read.ts";
import { refuse } from "./refuse.ts";

export type ItemParams = {
  id?: string;
  deleted?: boolean;
  metadata?: Metadata | "";
  price?: string;
  price_data?: PriceData;
  quantity?: number;
};

const MOST_ITEMS = 20;

/** What a request asks of one item, its price found. */
export type AskedItem = {
  readonly id: string | null;
  readonly isDeleted: boolean;
  readonly metadata: Metadata | null;
  readonly price: Price | null;
  readonly quantity: number | null;
};

/** @throws StripeError when a price is missing, unknown or not for subscriptions */
export function readItems(
  call: Call,
  items: readonly ItemParams[],
  existing: readonly SubscriptionItem[],
): AskedItem[] {
  if (items.length > MOST_ITEMS) throw invalid("items", `You can have at most ${MOST_ITEMS} items.`);
  return items.map((item, index) => {
    const at = `items[${index}]`;
    if (item.id !== undefined && !existing.some(({ id }) => id === item.id)) {
      throw noSuch("subscription_item", item.id, `${at}[id]`);
    }
    const price = priceOf(call, item, at);
    if (price === null && item.id === undefined) throw missing(`${at}[price]`);
    if (price?.recurring?.usage_type === "metered" && item.quantity !== undefined) {
      throw invalid(`${at}[quantity]`, "You cannot set the quantity of a metered price.");
    }
    return {
      id: item.id ?? null,
      isDeleted: item.deleted ?? false,
      metadata: item.metadata === "" ? {} : (item.metadata ?? null),
      price,
      quantity: item.quantity ?? null,
    };
  });
}

function priceOf(call: Call, { price, price_data }: ItemParams, at: string): Price | null {
  if (price_data) {
    if (!price_data.recurring) throw missing(`${at}[price_data][recurring]`);
    return createInlinePrice(call, price_data);
  }
  if (price === undefined) return null;
  const found = readPrice(call, price, `${at}[price]`);
  if (!found.active) {
    throw refuse("The price specified is inactive. This field only accepts active prices.", `${at}[price]`);
  }
  if (!found.recurring) {
    throw invalid(
      `${at}[price]`,
      "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
    );
  }
  return found;
}

/** One currency for all, else an error. */
export function currencyOf(prices: readonly Price[]): string {
  const currencies = new Set(prices.map(({ currency }) => currency));
  const [currency] = currencies;
  if (currency === undefined) throw missing("items");
  if (currencies.size > 1) {
    throw refuse("All prices of a subscription must have the same currency.", "items");
  }
  return currency;
}

/** @throws StripeError when two items have the same price */
export function checkDistinct(prices: readonly string[]): void {
  const twice = prices.find((price, index) => prices.indexOf(price) !== index);
  if (twice !== undefined) {
    throw refuse(`Cannot add multiple subscription items with the same plan: ${twice}`, "items");
  }
}

export const cadenceOf = (price: Price): Cadence => price.recurring ?? { interval: "month", interval_count: 1 };

/** A new item for a subscription, with its first period. */
export const itemFor = (
  call: Call,
  subscriptionId: string,
  { price, quantity, metadata }: { price: Price; quantity: number | null; metadata: Metadata | null },
  period: Period,
): SubscriptionItem =>
  newSubscriptionItem({
    id: call.newId("si"),
    created: call.now,
    current_period_end: period.end,
    current_period_start: period.start,
    metadata: mergeMetadata({}, metadata ?? undefined),
    price: price.id,
    quantity: price.recurring?.usage_type === "metered" ? null : (quantity ?? 1),
    subscription: subscriptionId,
  });
