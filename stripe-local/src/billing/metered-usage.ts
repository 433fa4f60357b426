import type { Call } from "../http/call.ts";
import type { MeterEvent } from "../objects/meter-event.ts";
import type { Meter } from "../objects/meter.ts";
import type { Price } from "../objects/price.ts";
import { type Decimal, decimalOf, readDecimal } from "./decimal.ts";
import type { Period } from "./periods.ts";

/** What a customer used of a metered price in a period, from the meter events taken so far; never below nothing. */
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
    case "sum": {
      const sum = events.reduce((total, event) => total + valueOf(event), 0n);
      return sum < 0n ? 0n : sum;
    }
  }
}
