import type { Call } from "../http/call.ts";
import { newId } from "../http/new-id.ts";
import { pageOf, type PageParams } from "../http/paging.ts";
import type { List, Route } from "../http/route.ts";
import { invalid, missing, noSuch, StripeError } from "../http/stripe-error.ts";
import type { StripeObject } from "../store/store.ts";
import { activeMeter, existingMeter, type Meter } from "./meter.ts";

/** As stored: the API shows it without an id. */
export type MeterEvent = StripeObject & {
  object: "billing.meter_event";
  created: number;
  event_name: string;
  identifier: string;
  payload: Record<string, string>;
  timestamp: number;
};

type EventParams = { event_name: string; payload: Record<string, string>; identifier?: string; timestamp?: number };

type SummaryParams = PageParams & {
  customer: string;
  start_time: number;
  end_time: number;
  value_grouping_window?: "day" | "hour";
};

const DAY = 86_400;
const OLDEST = 35 * DAY;
const FURTHEST = 300;
const MAX_IDENTIFIER = 100;
/** Values have up to 12 decimal places; summed as whole numbers of the last one. */
const SCALE = 12;

export const meterEventRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/billing/meter_events",
    handle(call, params: EventParams) {
      const { id: _id, ...shown } = take(call, params);
      return shown;
    },
  },
  {
    method: "GET",
    path: "/v1/billing/meters/:id/event_summaries",
    handle: (call, params: SummaryParams, { id = "" }) => summaries(call, existingMeter(call, id), params),
  },
];

/** Takes an event, once for each identifier. */
function take(call: Call, { event_name, payload, timestamp = call.now, ...params }: EventParams): MeterEvent {
  const meter = activeMeter(call, event_name);
  if (!meter) throw invalid("event_name", `No active meter found for event name ${event_name}.`, "resource_missing");
  const customer = payload[meter.customer_mapping.event_payload_key];
  if (customer === undefined) throw missing(`payload[${meter.customer_mapping.event_payload_key}]`);
  if (!call.store.get("customer", customer)) {
    throw noSuch("customer", customer, `payload[${meter.customer_mapping.event_payload_key}]`);
  }
  checkValue(meter, payload);
  checkTime(call, timestamp);

  const identifier = params.identifier ?? newId("evt", 32);
  if (identifier.length > MAX_IDENTIFIER) throw invalid("identifier", "Identifiers have at most 100 characters.");
  if (call.store.get("_meter_event_identifier", identifier)) {
    throw invalid("identifier", `An event already exists with identifier ${identifier}.`, "resource_already_exists");
  }
  call.store.put({ id: identifier, object: "_meter_event_identifier" });
  const event: MeterEvent = {
    id: newId("mevt"),
    object: "billing.meter_event",
    created: call.now,
    event_name,
    identifier,
    livemode: false,
    payload,
    timestamp,
  };
  call.store.put(event, { customer });
  return event;
}

function checkValue(
  { default_aggregation: { formula }, value_settings: { event_payload_key: key } }: Meter,
  payload: Record<string, string>,
) {
  const value = payload[key];
  if (value === undefined) {
    if (formula === "count") return;
    throw missing(`payload[${key}]`);
  }
  if (!/^-?\d{1,15}(\.\d{1,12})?$/.test(value)) {
    throw invalid(`payload[${key}]`, `The value has to be a number of up to 15 digits, not ${value}.`);
  }
}

function checkTime({ now }: Call, timestamp: number): void {
  if (timestamp > now + FURTHEST) {
    throw invalid("timestamp", "The timestamp is more than 5 minutes in the future.", "timestamp_in_future");
  }
  if (timestamp < now - OLDEST) {
    throw invalid("timestamp", "The timestamp is more than 35 days in the past.", "timestamp_too_far_in_past");
  }
}

function summaries(call: Call, meter: Meter, params: SummaryParams): List {
  const { customer, start_time: start, end_time: end, value_grouping_window: window } = params;
  const size = window === "hour" ? 3_600 : window === "day" ? DAY : 60;
  for (const name of ["start_time", "end_time"] as const) {
    if (params[name] % size !== 0)
      throw invalid(name, `\`${name}\` has to lie on the boundary of ${window ?? "a minute"}.`);
  }
  if (end <= start) throw new StripeError("`end_time` has to be after `start_time`.", { param: "end_time" });

  const events = call.store
    .list<MeterEvent>("billing.meter_event", { customer })
    .filter(({ event_name, timestamp }) => event_name === meter.event_name && timestamp >= start && timestamp < end);
  const groups = Map.groupBy(events, ({ timestamp }) => (window ? timestamp - (timestamp % size) : start));
  const all = [...groups]
    .toSorted(([a], [b]) => b - a)
    .map(([from, inside]) => ({
      id: `mtrusg_${meter.id}_${customer}_${from}`,
      object: "billing.meter_event_summary",
      aggregated_value: aggregate(meter, inside),
      end_time: window ? from + size : end,
      livemode: false,
      meter: meter.id,
      start_time: from,
    }));
  return pageOf(all, params, `/v1/billing/meters/${meter.id}/event_summaries`);
}

/** @param events newest first as they were taken */
function aggregate({ default_aggregation: { formula }, value_settings }: Meter, events: readonly MeterEvent[]): number {
  const valueOf = ({ payload }: MeterEvent) => scaled(payload[value_settings.event_payload_key] ?? "0");
  if (formula === "count") return events.length;
  if (formula === "sum") return unscaled(events.reduce((sum, event) => sum + valueOf(event), 0n));
  const [last] = events.toSorted((a, b) => b.timestamp - a.timestamp);
  return last ? unscaled(valueOf(last)) : 0;
}

function scaled(decimal: string): bigint {
  const [whole = "0", fraction = ""] = decimal.replace("-", "").split(".");
  const size = BigInt(whole + fraction.padEnd(SCALE, "0"));
  return decimal.startsWith("-") ? -size : size;
}

/** The API gives the aggregate as a JSON number. */
const unscaled = (value: bigint): number => {
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, "0");
  return Number(`${value < 0n ? "-" : ""}${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`);
};
