import type { UsageRoute } from "../../invoices/charge.entity.ts";
import type { MirroredLine } from "../../invoices/mirrored-invoice.ts";
import { DAY_MS } from "../../kernel/clock.ts";
import type { MeterCode } from "../../rating/meter.ts";

/** A charge that waits for a draft. `invoice_id` is set once the draft has taken it: its way is settled then. */
type WaitingCharge = {
  readonly id: string;
  readonly meter: MeterCode;
  readonly route: UsageRoute;
  readonly invoice_id: string | null;
};

/** True when a draft has taken it and its meter is told of it, or soon will be: there is nothing to decide any more. */
export const isReported = ({ route, invoice_id }: Pick<WaitingCharge, "route" | "invoice_id">): boolean =>
  route === "stripe_meter" && invoice_id !== null;

/** A line of a draft that bills what a meter is told. */
export type MeteredLine = Pick<MirroredLine, "periodEnd"> & { readonly meter: MeterCode };

/** Stripe takes events of the last 35 days. */
const OLDEST_MS = 34 * DAY_MS;

/**
 * The charges that go onto a draft by a meter from now on, each with its line; the others go as items.
 *
 * A meter has one line on an invoice, so one charge goes by it: the newest that is meant to, unless
 * the draft has taken one already. Without such a line, as on the last invoice of a subscription
 * that has ended, or with one whose time Stripe takes no events of any more, none does.
 *
 * @param charges newest first
 */
export function meteredOf(
  charges: readonly WaitingCharge[],
  lines: readonly MirroredLine[],
  now: Date,
): ReadonlyMap<string, MeteredLine> {
  const metered = new Map<string, MeteredLine>();
  const lineOf = (meter: MeterCode): MeteredLine | null => {
    const line = lines.find((each) => each.source === "METERED" && each.meter === meter);
    return line ? { meter, periodEnd: line.periodEnd } : null;
  };
  const taken = new Set(charges.filter(isReported).map(({ meter }) => meter));
  for (const { id, meter, route, invoice_id } of charges) {
    if (invoice_id !== null || route !== "stripe_meter" || taken.has(meter)) continue;
    const line = lineOf(meter);
    if (line === null || now.getTime() - line.periodEnd.getTime() > OLDEST_MS) continue;
    metered.set(id, line);
    taken.add(meter);
  }
  return metered;
}
