import type { Call } from "../http/call.ts";
import { page, type PageParams } from "../http/paging.ts";
import type { Route } from "../http/route.ts";
import { noSuch, StripeError } from "../http/stripe-error.ts";
import type { StripeObject } from "../store/store.ts";
import { cleared, given, mergeMetadata, update, type MetadataParam } from "./change.ts";

export type Product = StripeObject & {
  object: "product";
  active: boolean;
  created: number;
  default_price: string | null;
  description: string | null;
  images: string[];
  marketing_features: { name: string }[];
  metadata: Record<string, string>;
  name: string;
  shippable: boolean | null;
  statement_descriptor: string | null;
  tax_code: string | null;
  type: "good" | "service";
  unit_label: string | null;
  updated: number;
  url: string | null;
  deleted?: true;
};

export type ProductParams = {
  active?: boolean;
  default_price?: string;
  description?: string;
  id?: string;
  images?: string[] | "";
  marketing_features?: { name: string }[] | "";
  metadata?: MetadataParam;
  name?: string;
  shippable?: boolean;
  statement_descriptor?: string;
  tax_code?: string;
  type?: "good" | "service";
  unit_label?: string;
  url?: string;
};

/** Makes a product, stores it and tells so. */
export function createProduct(call: Call, params: ProductParams & { name: string }): Product {
  if (params.id !== undefined && call.store.get("product", params.id)) {
    throw new StripeError("Product already exists.", { code: "resource_already_exists", param: "id" });
  }
  const blank: Product = {
    id: params.id ?? call.newId("prod"),
    object: "product",
    active: true,
    created: call.now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name: params.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: params.type ?? "service",
    unit_label: null,
    updated: call.now,
    url: null,
  };
  const product = withParams(blank, params);
  call.store.put(product);
  call.emit("product.created", product);
  return product;
}

/**
 * A product that is there and not deleted.
 *
 * @throws StripeError resource_missing
 */
export function existingProduct({ store }: Call, id: string, param = "product"): Product {
  const product = store.get<Product>("product", id);
  if (!product || product.deleted) throw noSuch("product", id, param);
  return product;
}

export const productRoutes = (createDefaultPrice: (call: Call, product: Product, price: object) => string): Route[] => [
  {
    method: "POST",
    path: "/v1/products",
    handle(call, params: ProductParams & { name: string; default_price_data?: object }) {
      const product = createProduct(call, params);
      if (!params.default_price_data) return product;
      const default_price = createDefaultPrice(call, product, params.default_price_data);
      return update(call, "product.updated", product, { ...product, default_price });
    },
  },
  {
    method: "GET",
    path: "/v1/products",
    handle: ({ store }, params: PageParams & { active?: boolean; ids?: string[] }) =>
      page<Product>(store, params, {
        kind: "product",
        url: "/v1/products",
        matches: ({ id, active, deleted }) =>
          !deleted &&
          (params.active === undefined || active === params.active) &&
          (params.ids === undefined || params.ids.includes(id)),
      }),
  },
  { method: "GET", path: "/v1/products/:id", handle: (call, _params, { id = "" }) => existingProduct(call, id, "id") },
  {
    method: "POST",
    path: "/v1/products/:id",
    handle(call, params: ProductParams, { id = "" }) {
      const product = existingProduct(call, id, "id");
      if (params.default_price) {
        const price = call.store.get("price", params.default_price);
        if (price?.["product"] !== id) throw noSuch("price", params.default_price, "default_price");
      }
      const changed = withParams(product, params);
      const isChanged = JSON.stringify(changed) !== JSON.stringify(product);
      return update(call, "product.updated", product, isChanged ? { ...changed, updated: call.now } : product);
    },
  },
  {
    method: "DELETE",
    path: "/v1/products/:id",
    handle(call, _params, { id = "" }) {
      const product = existingProduct(call, id, "id");
      if (call.store.list("price").some((price) => price["product"] === id)) {
        throw new StripeError("This product cannot be deleted because it has one or more user-created prices.");
      }
      call.emit("product.deleted", product);
      const tombstone = { id, object: "product", deleted: true };
      call.store.put(tombstone);
      return tombstone;
    },
  },
];

function withParams(product: Product, params: ProductParams): Product {
  const texts = ["default_price", "description", "statement_descriptor", "tax_code", "unit_label", "url"] as const;
  const text = Object.entries(given(params, texts)).map(([name, value]): [string, string | null] => [
    name,
    cleared(value),
  ]);
  return {
    ...product,
    ...given(params, ["active", "name", "shippable"]),
    ...Object.fromEntries(text),
    images: params.images === undefined ? product.images : params.images || [],
    marketing_features:
      params.marketing_features === undefined ? product.marketing_features : params.marketing_features || [],
    metadata: mergeMetadata(product.metadata, params.metadata),
  };
}
