import { type Exact, exact, negate, subtract } from "../kernel/exact.ts";
import { minorFrom, nanosFromMinor } from "../kernel/money.ts";
import type { MeterCode } from "../rating/meter.ts";
import type { MeterSummary } from "../usage/meter-summary.ts";

export type LineKind = "FEE" | "USAGE" | "CREDIT";

/** One line of an invoice: its amount is rounded once, and what rounding changed is kept. */
export type Line = {
  readonly kind: LineKind;
  readonly meter: MeterCode | null;
  readonly description: string;
  readonly quantity: Exact;
  readonly amountMinor: bigint;
  /** Exact nano-units. */
  readonly exactNanos: Exact;
  /** Nano-units that rounding added. */
  readonly roundingNanos: Exact;
  readonly estimated: boolean;
};

/** What a subscription will be charged at the end of its period. */
export type Upcoming = {
  readonly planName: string;
  /** The fee of the next period in minor units; null when no fee follows. */
  readonly nextFeeMinor: bigint | null;
  readonly meters: readonly MeterSummary[];
};

const meterNames: Readonly<Record<MeterCode, string>> = {
  generations: "Generations",
  api_calls: "API calls",
  storage: "Storage in GB-months",
  compute: "Compute minutes",
};

/**
 * The lines of the next invoice: the fee of the period to come in advance, the overage of this one
 * in arrears, one line for each meter, and credits for corrected usage of earlier periods.
 *
 * Each line is rounded half up to the cent, once.
 */
export function upcomingLines({ planName, nextFeeMinor, meters }: Upcoming): Line[] {
  const fee: Line[] =
    nextFeeMinor === null || nextFeeMinor === 0n
      ? []
      : [lineOf("FEE", null, `${planName}, next period`, exact(1n), nanosFromMinor(nextFeeMinor), false)];
  return [...fee, ...usageLines(meters)];
}

/** One line for each meter that bills, then one for each that gives back. The same for a preview and a closed period. */
export function usageLines(meters: readonly MeterSummary[]): Line[] {
  const usage = meters
    .filter(({ billable }) => billable.numerator > 0n)
    .map((meter) =>
      lineOf(
        "USAGE",
        meter.meter,
        `${meterNames[meter.meter]} past the allowance`,
        meter.billable,
        meter.amount,
        meter.estimated,
      ),
    );
  const credits = meters
    .filter(({ credit }) => credit.numerator !== 0n)
    .map((meter) =>
      lineOf(
        "CREDIT",
        meter.meter,
        `${meterNames[meter.meter]}: credit for voided usage of earlier periods`,
        exact(1n),
        negate(meter.credit),
        false,
      ),
    );
  return [...usage, ...credits];
}

export const totalMinor = (lines: readonly Line[]): bigint =>
  lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

function lineOf(
  kind: LineKind,
  meter: MeterCode | null,
  description: string,
  quantity: Exact,
  exactNanos: Exact,
  estimated: boolean,
): Line {
  const amountMinor = minorFrom(exactNanos);
  return {
    kind,
    meter,
    description,
    quantity,
    amountMinor,
    exactNanos,
    roundingNanos: subtract(nanosFromMinor(amountMinor), exactNanos),
    estimated,
  };
}
