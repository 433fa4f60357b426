import type { Call } from "../http/call.ts";
import { page, type PageParams } from "../http/paging.ts";
import type { Route } from "../http/route.ts";
import { noSuch, StripeError } from "../http/stripe-error.ts";
import { update } from "./change.ts";
import { existingCustomer, newCustomer, withParams, type Customer, type CustomerParams } from "./customer.ts";
import { attachToCustomer, type PaymentMethod } from "./payment-method.ts";
import { resolvePaymentMethod } from "./payment-method-routes.ts";

/**
 * Customers, and the payment methods they have.
 *
 * @param endBilling ends what a customer who is deleted still has
 */
export const customerRoutes = (endBilling: (call: Call, customer: Customer) => void): Route[] => [
  { method: "POST", path: "/v1/customers", handle: create },
  {
    method: "GET",
    path: "/v1/customers",
    handle: ({ store }, params: PageParams & { email?: string }) =>
      page<Customer>(store, params, {
        kind: "customer",
        url: "/v1/customers",
        matches: ({ email, deleted }) => !deleted && (params.email === undefined || email === params.email),
      }),
  },
  {
    method: "GET",
    path: "/v1/customers/:id",
    handle: ({ store }, _params, { id = "" }) => knownCustomer(store.get("customer", id), id),
  },
  {
    method: "POST",
    path: "/v1/customers/:id",
    handle(call, params: CustomerParams, { id = "" }) {
      const customer = existingCustomer(call, id, "id");
      const changed = withParams(customer, params);
      checkDefault(call, changed);
      return update(call, "customer.updated", customer, changed);
    },
  },
  {
    method: "DELETE",
    path: "/v1/customers/:id",
    handle(call, _params, { id = "" }) {
      const customer = existingCustomer(call, id, "id");
      endBilling(call, customer);
      for (const method of methodsOf(call, id)) {
        call.store.put({ ...method, customer: null }, { customer: null });
      }
      call.emit("customer.deleted", call.store.get("customer", id) ?? customer);
      const tombstone = { id, object: "customer", deleted: true };
      call.store.put(tombstone);
      return tombstone;
    },
  },
  {
    method: "GET",
    path: "/v1/customers/:id/payment_methods",
    handle(call, params: PageParams & { type?: string }, { id = "" }) {
      existingCustomer(call, id);
      return page<PaymentMethod>(call.store, params, {
        kind: "payment_method",
        url: `/v1/customers/${id}/payment_methods`,
        filter: { customer: id },
        matches: ({ type }) => params.type === undefined || type === params.type,
      });
    },
  },
  {
    method: "GET",
    path: "/v1/customers/:customerId/payment_methods/:id",
    handle(call, _params, { customerId = "", id = "" }) {
      existingCustomer(call, customerId);
      const method = call.store.get<PaymentMethod>("payment_method", id);
      if (!method || method.customer !== customerId) throw noSuch("PaymentMethod", id);
      return method;
    },
  },
];

function create(call: Call, params: CustomerParams & { payment_method?: string }): Customer {
  const customer = withParams(newCustomer(call), params);
  call.store.put(customer);
  if (params.payment_method !== undefined) {
    attachToCustomer(call, resolvePaymentMethod(call, params.payment_method), customer.id);
  }
  checkDefault(call, customer);
  call.emit("customer.created", customer);
  return customer;
}

function knownCustomer(customer: Customer | null, id: string): Customer {
  if (!customer) throw noSuch("customer", id);
  return customer;
}

function checkDefault({ store }: Call, { id, invoice_settings: { default_payment_method: chosen } }: Customer): void {
  if (chosen === null || store.get<PaymentMethod>("payment_method", chosen)?.customer === id) return;
  throw new StripeError(
    `The customer does not have a payment method with the ID ${chosen}. The payment method must be attached to the customer.`,
    { code: "resource_missing", param: "invoice_settings[default_payment_method]" },
  );
}

const methodsOf = ({ store }: Call, customer: string): PaymentMethod[] =>
  store.list<PaymentMethod>("payment_method", { customer });
