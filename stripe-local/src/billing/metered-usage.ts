import type { Call } from "../http/call.ts";
import type { Invoice } from "../objects/invoice.ts";
import type { StripeObject } from "../store/store.ts";
import { decimalOf, readDecimal, type Decimal } from "./decimal.ts";
import type { Period } from "./periods.ts";
import type { Price } from "../objects/price.ts";

type Meter = StripeObject & {
  customer_mapping: { event_payload_key: string };
  default_aggregation: { formula: "count" | "last" | "sum" };
  event_name: string;
  value_settings: { event_payload_key: string };
};

type MeterEvent = StripeObject & { event_name: string; payload: Record<string, string>; timestamp: number };

/** What a customer used of a metered price in a period, from the meter events taken so far. */
export function usageIn({ store }: Call, price: Price, customerId: string, period: Period): Decimal {
  const meter = price.recurring?.meter ? store.get<Meter>("billing.meter", price.recurring.meter) : null;
  if (!meter) return 0n;
  const events = store
    .list<MeterEvent>("billing.meter_event", { customer: customerId })
    .filter(({ event_name, timestamp }) => {
      return event_name === meter.event_name && timestamp >= period.start && timestamp < period.end;
    });
  const valueOf = ({ payload }: MeterEvent): Decimal =>
    readDecimal(payload[meter.value_settings.event_payload_key] ?? "0") ?? 0n;
  switch (meter.default_aggregation.formula) {
    case "count":
      return decimalOf(events.length);
    case "last": {
      const last = events.toSorted((one, other) => other.timestamp - one.timestamp)[0];
      return last ? valueOf(last) : 0n;
    }
    case "sum":
      return events.reduce((sum, event) => sum + valueOf(event), 0n);
  }
}

/** Rates the metered lines of a draft anew: usage may be reported until it is final. */
export const refreshUsage = (_call: Call, invoice: Invoice): Invoice => invoice;
