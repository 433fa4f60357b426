import { type Exact, parseDecimal, subtract, toDecimal } from "../kernel/exact.ts";
import { nanosFromMinor } from "../kernel/money.ts";
import type { Period } from "../kernel/period.ts";
import type { MeterCode } from "../rating/meter.ts";
import { frozenSummaries, type TotalRow } from "../usage/meter-summary.ts";
import { type Line, usageLines } from "./upcoming-invoice.ts";

export type ChargeKind = "USAGE" | "CREDIT";

/** One usage line of a closed period, as it is kept: exact numbers as decimals, in nano-units of the minor unit. */
export type NewCharge = {
  readonly kind: ChargeKind;
  readonly meter: MeterCode;
  readonly description: string;
  readonly quantity: string;
  readonly exactNanos: string;
  readonly amountMinor: bigint;
  /** `amountMinor` less `exactNanos`, to the last digit that is kept. */
  readonly roundingNanos: string;
};

/**
 * What the totals of a closed period come to: the same lines as its preview, with the same one rounding.
 *
 * @throws Error when the period's storage is not frozen
 */
export function chargesOf(period: Period, totals: readonly TotalRow[]): NewCharge[] {
  return usageLines(frozenSummaries(period, totals)).flatMap((line) =>
    line.meter === null || line.kind === "FEE" ? [] : [chargeOf(line, line.kind, line.meter)],
  );
}

function chargeOf(line: Line, kind: ChargeKind, meter: MeterCode): NewCharge {
  const exactNanos = toDecimal(line.exactNanos);
  return {
    kind,
    meter,
    description: line.description,
    quantity: toDecimal(line.quantity),
    exactNanos,
    amountMinor: line.amountMinor,
    roundingNanos: toDecimal(subtract(nanosFromMinor(line.amountMinor), decimal(exactNanos))),
  };
}

/** A decimal that we wrote ourselves. */
function decimal(text: string): Exact {
  const value = parseDecimal(text);
  if (value === null) throw new Error(`no decimal: ${text}`);
  return value;
}
