import type { Call } from "../http/call.ts";
import { newId } from "../http/new-id.ts";
import { noSuch } from "../http/stripe-error.ts";
import type { StripeObject } from "../store/store.ts";
import { cleared, mergeMetadata, type MetadataParam } from "./change.ts";
import { noAddress, type Address } from "./payment-method.ts";

export type Customer = StripeObject & {
  object: "customer";
  address: Address | null;
  /** Minor units: negative is credit, positive is debt added to the next invoice. */
  balance: number;
  created: number;
  currency: string | null;
  delinquent: boolean;
  description: string | null;
  email: string | null;
  invoice_prefix: string;
  invoice_settings: {
    custom_fields: null;
    default_payment_method: string | null;
    footer: string | null;
    rendering_options: null;
  };
  metadata: Record<string, string>;
  name: string | null;
  next_invoice_sequence: number;
  phone: string | null;
  preferred_locales: string[];
  shipping: object | null;
  tax_exempt: "exempt" | "none" | "reverse";
  deleted?: true;
};

export type CustomerParams = {
  address?: Partial<Address> | "";
  description?: string;
  email?: string;
  invoice_prefix?: string;
  invoice_settings?: { default_payment_method?: string; footer?: string };
  metadata?: MetadataParam;
  name?: string;
  next_invoice_sequence?: number;
  phone?: string;
  preferred_locales?: string[];
  shipping?: { address?: Partial<Address>; name?: string; phone?: string } | "";
  tax_exempt?: "exempt" | "none" | "reverse" | "";
};

/** A customer of whom nothing is known yet. It is not stored. */
export const newCustomer = (call: Call): Customer => ({
  id: call.newId("cus"),
  object: "customer",
  address: null,
  balance: 0,
  created: call.now,
  currency: null,
  default_source: null,
  delinquent: false,
  description: null,
  discount: null,
  email: null,
  invoice_prefix: newId("x", 8).slice(2).toUpperCase(),
  invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
  livemode: false,
  metadata: {},
  name: null,
  next_invoice_sequence: 1,
  phone: null,
  preferred_locales: [],
  shipping: null,
  tax_exempt: "none",
  test_clock: null,
});

/** The customer with what a request changes. */
export function withParams(customer: Customer, params: CustomerParams): Customer {
  const { address, shipping, invoice_settings: settings, tax_exempt: exempt } = params;
  const text = (name: "description" | "email" | "name" | "phone") =>
    params[name] === undefined ? customer[name] : cleared(params[name]);
  return {
    ...customer,
    description: text("description"),
    email: text("email"),
    name: text("name"),
    phone: text("phone"),
    address: address === undefined ? customer.address : fullAddress(address),
    shipping: shipping === undefined ? customer.shipping : fullShipping(shipping),
    invoice_prefix: params.invoice_prefix ?? customer.invoice_prefix,
    invoice_settings: {
      ...customer.invoice_settings,
      ...(settings?.default_payment_method === undefined
        ? {}
        : { default_payment_method: cleared(settings.default_payment_method) }),
      ...(settings?.footer === undefined ? {} : { footer: cleared(settings.footer) }),
    },
    metadata: mergeMetadata(customer.metadata, params.metadata),
    next_invoice_sequence: params.next_invoice_sequence ?? customer.next_invoice_sequence,
    preferred_locales: params.preferred_locales ?? customer.preferred_locales,
    tax_exempt: exempt === undefined ? customer.tax_exempt : exempt || "none",
  };
}

/**
 * A customer that is there and not deleted.
 *
 * @throws StripeError resource_missing
 */
export function existingCustomer({ store }: Call, id: string, param = "customer"): Customer {
  const customer = store.get<Customer>("customer", id);
  if (!customer || customer.deleted) throw noSuch("customer", id, param);
  return customer;
}

function fullAddress(address: Partial<Address> | ""): Address | null {
  return address === "" ? null : { ...noAddress, ...nulled(address) };
}

function fullShipping(shipping: Exclude<CustomerParams["shipping"], undefined>): object | null {
  if (shipping === "") return null;
  const { address = {}, name = null, phone = null } = shipping;
  return { address: fullAddress(address), name, phone };
}

const nulled = (address: Partial<Address>): Partial<Address> =>
  Object.fromEntries(Object.entries(address).map(([name, value]) => [name, value || null]));
