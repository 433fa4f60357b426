import type { Call } from "../http/call.ts";
import { page, type PageParams } from "../http/paging.ts";
import type { Route } from "../http/route.ts";
import { noSuch, StripeError } from "../http/stripe-error.ts";
import type { StripeObject } from "../store/store.ts";
import { update } from "./change.ts";

export type Meter = StripeObject & {
  object: "billing.meter";
  created: number;
  customer_mapping: { event_payload_key: string; type: "by_id" };
  default_aggregation: { formula: "count" | "last" | "sum" };
  display_name: string;
  event_name: string;
  status: "active" | "inactive";
  status_transitions: { deactivated_at: number | null };
  updated: number;
  value_settings: { event_payload_key: string };
};

type MeterParams = {
  customer_mapping?: { event_payload_key: string; type: "by_id" };
  default_aggregation: { formula: Meter["default_aggregation"]["formula"] };
  display_name: string;
  event_name: string;
  value_settings?: { event_payload_key: string };
};

export const meterRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/billing/meters", handle: (call, params: MeterParams) => create(call, params) },
  {
    method: "GET",
    path: "/v1/billing/meters",
    handle: ({ store }, params: PageParams & { status?: string }) =>
      page<Meter>(store, params, {
        kind: "billing.meter",
        url: "/v1/billing/meters",
        matches: ({ status }) => params.status === undefined || status === params.status,
      }),
  },
  { method: "GET", path: "/v1/billing/meters/:id", handle: (call, _params, { id = "" }) => existingMeter(call, id) },
  {
    method: "POST",
    path: "/v1/billing/meters/:id",
    handle(call, { display_name }: { display_name?: string }, { id = "" }) {
      const meter = existingMeter(call, id);
      if (display_name === undefined) return meter;
      return update(call, "billing.meter.updated", meter, { ...meter, display_name, updated: call.now });
    },
  },
  {
    method: "POST",
    path: "/v1/billing/meters/:id/deactivate",
    handle: (call, _params, { id = "" }) => setStatus(call, id, "inactive"),
  },
  {
    method: "POST",
    path: "/v1/billing/meters/:id/reactivate",
    handle: (call, _params, { id = "" }) => setStatus(call, id, "active"),
  },
];

/** @throws StripeError resource_missing */
export function existingMeter({ store }: Call, id: string): Meter {
  const meter = store.get<Meter>("billing.meter", id);
  if (!meter) throw noSuch("billing meter", id);
  return meter;
}

/** The active meter that counts events of a name, of which there is at most one. */
export const activeMeter = ({ store }: Call, eventName: string): Meter | undefined =>
  store.list<Meter>("billing.meter").find(({ event_name, status }) => event_name === eventName && status === "active");

function create(call: Call, params: MeterParams): Meter {
  checkFree(call, params.event_name);
  const meter: Meter = {
    id: call.newId("mtr_test"),
    object: "billing.meter",
    created: call.now,
    customer_mapping: params.customer_mapping ?? { event_payload_key: "stripe_customer_id", type: "by_id" },
    default_aggregation: params.default_aggregation,
    display_name: params.display_name,
    event_name: params.event_name,
    event_time_window: null,
    livemode: false,
    status: "active",
    status_transitions: { deactivated_at: null },
    updated: call.now,
    value_settings: params.value_settings ?? { event_payload_key: "value" },
  };
  call.store.put(meter);
  call.emit("billing.meter.created", meter);
  return meter;
}

function setStatus(call: Call, id: string, status: Meter["status"]): Meter {
  const meter = existingMeter(call, id);
  if (meter.status === status) {
    throw new StripeError(`You cannot perform this action because the meter is already ${status}.`);
  }
  if (status === "active") checkFree(call, meter.event_name);
  const type = status === "active" ? "billing.meter.reactivated" : "billing.meter.deactivated";
  const deactivated_at = status === "active" ? null : call.now;
  return update(call, type, meter, { ...meter, status, status_transitions: { deactivated_at }, updated: call.now });
}

function checkFree(call: Call, eventName: string): void {
  if (!activeMeter(call, eventName)) return;
  throw new StripeError(`An active meter already exists with event name '${eventName}'.`, {
    code: "resource_already_exists",
    param: "event_name",
  });
}
