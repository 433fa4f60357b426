import type { Call } from "../http/call.ts";
import { invalid, missing, noSuch, StripeError } from "../http/stripe-error.ts";
import type { StripeObject } from "../store/store.ts";
import { mergeMetadata, update, type MetadataParam } from "./change.ts";
import { createProduct, existingProduct, type ProductParams } from "./product.ts";

export type Interval = "day" | "week" | "month" | "year";

export type Tier = {
  flat_amount: number | null;
  flat_amount_decimal: string | null;
  unit_amount: number | null;
  unit_amount_decimal: string | null;
  /** null for the last one. */
  up_to: number | null;
};

export type Price = StripeObject & {
  object: "price";
  active: boolean;
  billing_scheme: "per_unit" | "tiered";
  created: number;
  currency: string;
  lookup_key: string | null;
  metadata: Record<string, string>;
  nickname: string | null;
  product: string;
  recurring: {
    interval: Interval;
    interval_count: number;
    meter: string | null;
    trial_period_days: number | null;
    usage_type: "licensed" | "metered";
  } | null;
  tax_behavior: "exclusive" | "inclusive" | "unspecified";
  /** Shown only when expanded. */
  tiers?: Tier[];
  tiers_mode: "graduated" | "volume" | null;
  transform_quantity: { divide_by: number; round: "down" | "up" } | null;
  type: "one_time" | "recurring";
  /** Minor units; null when it is no whole number, or tiered. */
  unit_amount: number | null;
  unit_amount_decimal: string | null;
};

type TierParams = {
  up_to: number | "inf";
  flat_amount?: number;
  flat_amount_decimal?: string;
  unit_amount?: number;
  unit_amount_decimal?: string;
};

export type PriceParams = {
  currency: string;
  active?: boolean;
  billing_scheme?: "per_unit" | "tiered";
  lookup_key?: string;
  metadata?: MetadataParam;
  nickname?: string;
  product?: string;
  product_data?: ProductParams & { name: string };
  recurring?: {
    interval: Interval;
    interval_count?: number;
    meter?: string;
    trial_period_days?: number;
    usage_type?: "licensed" | "metered";
  };
  tax_behavior?: Price["tax_behavior"];
  tiers?: TierParams[];
  tiers_mode?: "graduated" | "volume";
  transfer_lookup_key?: boolean;
  transform_quantity?: { divide_by: number; round: "down" | "up" };
  unit_amount?: number;
  unit_amount_decimal?: string;
};

/**
 * Makes a price, and the product that comes with it, stores it and tells so.
 *
 * @throws StripeError when the parameters do not go together
 */
export function createPrice(call: Call, params: PriceParams): Price {
  const { billing_scheme: scheme = "per_unit", recurring, nickname = null, tax_behavior = "unspecified" } = params;
  checkAmounts(params, scheme);
  const product = params.product_data
    ? createProduct(call, params.product_data)
    : existingProduct(call, params.product ?? raise(missing("product")));
  const price: Price = {
    id: call.newId("price"),
    object: "price",
    active: params.active ?? true,
    billing_scheme: scheme,
    created: call.now,
    currency: currencyOf(params.currency),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: mergeMetadata({}, params.metadata),
    nickname,
    product: product.id,
    recurring: recurring ? recurringOf(call, recurring) : null,
    tax_behavior,
    ...(scheme === "tiered" ? { tiers: tiersOf(params.tiers ?? []) } : {}),
    tiers_mode: params.tiers_mode ?? null,
    transform_quantity: params.transform_quantity ?? null,
    type: recurring ? "recurring" : "one_time",
    ...(scheme === "tiered" ? { unit_amount: null, unit_amount_decimal: null } : amountOf(params)),
  };
  const keyed = withLookupKey(call, price, params.lookup_key, params.transfer_lookup_key ?? false);
  call.store.put(keyed);
  call.emit("price.created", keyed);
  return keyed;
}

/** @throws StripeError resource_missing */
export function existingPrice({ store }: Call, id: string, param = "price"): Price {
  const price = store.get<Price>("price", id);
  if (!price) throw noSuch("price", id, param);
  return price;
}

/**
 * Gives a price its lookup key, which no other may have; with `transfer` the other one loses it.
 *
 * @throws StripeError when another price has it
 */
export function withLookupKey(call: Call, price: Price, key: string | undefined, transfer: boolean): Price {
  if (key === undefined) return price;
  if (key === "") return { ...price, lookup_key: null };
  const holder = call.store.list<Price>("price").find(({ id, lookup_key }) => lookup_key === key && id !== price.id);
  if (holder && !transfer) {
    throw invalid("lookup_key", `A price (\`${holder.id}\`) already uses that lookup key.`, "resource_already_exists");
  }
  if (holder) update(call, "price.updated", holder, { ...holder, lookup_key: null });
  return { ...price, lookup_key: key };
}

/** In lower case. @throws StripeError for what is no three letters */
function currencyOf(currency: string): string {
  if (/^[a-z]{3}$/i.test(currency)) return currency.toLowerCase();
  throw invalid("currency", `Invalid currency: ${currency}.`, "invalid_currency");
}

function checkAmounts(params: PriceParams, scheme: Price["billing_scheme"]): void {
  const { unit_amount: amount, unit_amount_decimal: decimal, tiers, tiers_mode: mode, product, product_data } = params;
  if (product !== undefined && product_data !== undefined) {
    throw new StripeError("You may only specify one of these parameters: product, product_data.");
  }
  if (scheme === "tiered") {
    if (!tiers || tiers.length === 0) throw missing("tiers");
    if (!mode) throw missing("tiers_mode");
    return;
  }
  if (tiers || mode) throw invalid("tiers", "You may only specify `tiers` when `billing_scheme` is `tiered`.");
  if (amount !== undefined && decimal !== undefined) {
    throw new StripeError("You may only specify one of these parameters: unit_amount, unit_amount_decimal.");
  }
  if (amount === undefined && decimal === undefined) throw missing("unit_amount");
  if ((amount ?? 0) < 0 || decimal?.startsWith("-")) {
    throw invalid("unit_amount", "This value must be greater than or equal to 0.", "parameter_invalid_integer");
  }
}

function recurringOf({ store }: Call, params: NonNullable<PriceParams["recurring"]>): NonNullable<Price["recurring"]> {
  const { interval, interval_count = 1, meter = null, trial_period_days = null, usage_type = "licensed" } = params;
  if (usage_type === "metered" && meter === null) throw missing("recurring[meter]");
  if (meter !== null && usage_type !== "metered") {
    throw invalid("recurring[usage_type]", "A price with a meter must have `usage_type` `metered`.");
  }
  if (meter !== null && !store.get("billing.meter", meter)) throw noSuch("billing meter", meter, "recurring[meter]");
  return { interval, interval_count, meter, trial_period_days, usage_type };
}

function tiersOf(tiers: readonly TierParams[]): Tier[] {
  const read = tiers.map((tier) => {
    const unit = amountOf(tier);
    const flat = amountOf({ unit_amount: tier.flat_amount, unit_amount_decimal: tier.flat_amount_decimal });
    return {
      flat_amount: flat.unit_amount,
      flat_amount_decimal: flat.unit_amount_decimal,
      ...unit,
      up_to: tier.up_to === "inf" ? null : tier.up_to,
    };
  });
  read.forEach(({ up_to: limit }, index) => {
    const isLast = index === read.length - 1;
    if (isLast !== (limit === null)) throw invalid("tiers", "The last tier, and no other, must have `up_to` `inf`.");
    if (limit !== null && limit <= (read[index - 1]?.up_to ?? 0)) {
      throw invalid("tiers", "Each tier must reach further than the one before it.");
    }
  });
  return read;
}

type Amounts = { unit_amount?: number | undefined; unit_amount_decimal?: string | undefined };

/** Both ways to say an amount: in whole minor units if it is whole, and as a decimal. */
function amountOf({ unit_amount: amount, unit_amount_decimal: decimal }: Amounts) {
  if (amount !== undefined) return { unit_amount: amount, unit_amount_decimal: String(amount) };
  if (decimal === undefined) return { unit_amount: null, unit_amount_decimal: null };
  const plain = decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
  return { unit_amount: plain.includes(".") ? null : Number(plain), unit_amount_decimal: plain };
}

function raise(error: Error): never {
  throw error;
}
