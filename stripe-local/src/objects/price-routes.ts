import { page, type PageParams } from "../http/paging.ts";
import type { Route } from "../http/route.ts";
import { cleared, given, mergeMetadata, update, type MetadataParam } from "./change.ts";
import { createPrice, existingPrice, withLookupKey, type Interval, type Price, type PriceParams } from "./price.ts";

type ListParams = PageParams & {
  active?: boolean;
  currency?: string;
  lookup_keys?: string[];
  product?: string;
  recurring?: { interval?: Interval; meter?: string; usage_type?: string };
  type?: string;
};

type UpdateParams = {
  active?: boolean;
  lookup_key?: string;
  metadata?: MetadataParam;
  nickname?: string;
  tax_behavior?: Price["tax_behavior"];
  transfer_lookup_key?: boolean;
};

export const priceRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/prices", handle: (call, params: PriceParams) => createPrice(call, params) },
  {
    method: "GET",
    path: "/v1/prices",
    handle: ({ store }, params: ListParams) =>
      page<Price>(store, params, { kind: "price", url: "/v1/prices", matches: (price) => isWanted(price, params) }),
  },
  { method: "GET", path: "/v1/prices/:id", handle: (call, _params, { id = "" }) => existingPrice(call, id, "id") },
  {
    method: "POST",
    path: "/v1/prices/:id",
    handle(call, params: UpdateParams, { id = "" }) {
      const price = existingPrice(call, id, "id");
      const keyed = withLookupKey(call, price, params.lookup_key, params.transfer_lookup_key ?? false);
      return update(call, "price.updated", price, {
        ...keyed,
        ...given(params, ["active", "tax_behavior"]),
        nickname: params.nickname === undefined ? price.nickname : cleared(params.nickname),
        metadata: mergeMetadata(price.metadata, params.metadata),
      });
    },
  },
];

function isWanted(
  price: Price,
  { active, currency, lookup_keys: keys, product, recurring, type }: ListParams,
): boolean {
  const { interval, meter, usage_type: usage } = recurring ?? {};
  return (
    (active === undefined || price.active === active) &&
    (currency === undefined || price.currency === currency) &&
    (keys === undefined || keys.includes(price.lookup_key ?? "")) &&
    (product === undefined || price.product === product) &&
    (type === undefined || price.type === type) &&
    (interval === undefined || price.recurring?.interval === interval) &&
    (meter === undefined || price.recurring?.meter === meter) &&
    (usage === undefined || price.recurring?.usage_type === usage)
  );
}
