import type { Call } from "../http/call.ts";
import { missing } from "../http/stripe-error.ts";
import { mergeMetadata } from "../objects/change.ts";
import type { Phase, PhaseItem, SubscriptionSchedule } from "../objects/subscription-schedule.ts";
import type { Metadata, ProrationBehavior, Subscription } from "../objects/subscription.ts";
import { createInlinePrice, type PriceData } from "./inline-price.ts";
import { boundary, type Interval } from "./periods.ts";
import { readPrice } from "./read.ts";
import { refuse } from "./refuse.ts";
import { cadenceOf } from "./subscription-items.ts";

type PhaseParams = {
  default_payment_method?: string;
  description?: string;
  duration?: { interval: Interval; interval_count?: number };
  end_date?: "now" | number;
  items: { metadata?: Metadata; price?: string; price_data?: PriceData; quantity?: number }[];
  metadata?: Metadata;
  proration_behavior?: ProrationBehavior;
  start_date?: "now" | number;
};

export type ScheduleParams = {
  end_behavior?: SubscriptionSchedule["end_behavior"];
  from_subscription?: string;
  metadata?: Metadata | "";
  phases?: PhaseParams[];
  proration_behavior?: ProrationBehavior;
};

export const phaseItemOf = ({
  price,
  quantity,
  metadata,
}: Pick<Subscription["items"][number], "price" | "quantity" | "metadata">): PhaseItem => ({
  billing_thresholds: null,
  discounts: [],
  metadata,
  plan: price,
  price,
  ...(quantity === null ? {} : { quantity }),
  tax_rates: [],
});

type PhaseTerms = {
  readonly proration: ProrationBehavior;
  readonly trial_end: number | null;
  readonly metadata?: Metadata;
  readonly default_payment_method?: string | null;
  readonly description?: string | null;
};

export const phaseOf = (
  currency: string,
  { start_date, end_date }: { start_date: number; end_date: number },
  items: PhaseItem[],
  { proration, trial_end, metadata, default_payment_method, description }: PhaseTerms,
): Phase => ({
  add_invoice_items: [],
  application_fee_percent: null,
  billing_cycle_anchor: null,
  billing_thresholds: null,
  collection_method: null,
  currency,
  default_payment_method: default_payment_method ?? null,
  default_tax_rates: [],
  description: description ?? null,
  discounts: [],
  end_date,
  invoice_settings: null,
  items,
  metadata: metadata ?? {},
  on_behalf_of: null,
  proration_behavior: proration,
  start_date,
  transfer_data: null,
  trial_end: trial_end !== null && trial_end > start_date ? Math.min(trial_end, end_date) : null,
});

export function readPhases(
  call: Call,
  before: SubscriptionSchedule,
  subscription: Subscription,
  { phases = [], proration_behavior }: ScheduleParams,
): Phase[] {
  const runningStart = before.current_phase?.start_date ?? call.now;
  let start = before.phases[0]?.start_date ?? runningStart;
  const firstStart = phases[0]?.start_date;
  if (typeof firstStart === "number") {
    if (!before.phases.some(({ start_date }) => start_date === firstStart)) {
      throw refuse("You can not modify the start date of the current phase.", "phases[0][start_date]");
    }
    start = firstStart;
  }
  return phases.map((params, index) => {
    const at = `phases[${index}]`;
    if (typeof params.start_date === "number" && params.start_date !== start) {
      throw refuse("A phase has to start where the one before it ends.", `${at}[start_date]`);
    }
    const items = params.items.map((item, place) => readPhaseItem(call, item, `${at}[items][${place}]`));
    const first = items[0];
    if (!first) throw missing(`${at}[items]`);
    const end = endOf(call, subscription, start, params, first);
    if (end <= start) throw refuse("A phase has to end after it starts.", `${at}[end_date]`);
    const phase = phaseOf(subscription.currency, { start_date: start, end_date: end }, items, {
      proration: params.proration_behavior ?? proration_behavior ?? "create_prorations",
      trial_end: null,
      metadata: mergeMetadata({}, params.metadata),
      default_payment_method: params.default_payment_method ?? null,
      description: params.description ?? null,
    });
    start = end;
    return phase;
  });
}

function readPhaseItem(call: Call, item: PhaseParams["items"][number], at: string): PhaseItem {
  const price = item.price_data
    ? createInlinePrice(call, item.price_data)
    : readPrice(call, item.price ?? "", `${at}[price]`);
  const isMetered = price.recurring?.usage_type === "metered";
  const quantity = isMetered ? null : (item.quantity ?? 1);
  return phaseItemOf({ price: price.id, quantity, metadata: mergeMetadata({}, item.metadata) });
}

/** A phase lasts until its date, for its duration, or for one period of its first price. */
function endOf(
  call: Call,
  { billing_cycle_anchor: anchor }: Subscription,
  start: number,
  { end_date, duration }: PhaseParams,
  first: PhaseItem,
): number {
  if (end_date === "now") return call.now;
  if (end_date !== undefined) return end_date;
  const cadence = duration
    ? { interval: duration.interval, interval_count: duration.interval_count ?? 1 }
    : cadenceOf(readPrice(call, first.price));
  // Counted from the anchor when the phase starts on its calendar, so that the 31st comes back.
  for (let index = 0; boundary(anchor, cadence, index) <= start; index += 1) {
    if (boundary(anchor, cadence, index) === start) return boundary(anchor, cadence, index + 1);
  }
  return boundary(start, cadence, 1);
}
