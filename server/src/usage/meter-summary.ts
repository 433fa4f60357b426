import { add, type Exact, exact, negate, sum, zero } from "../kernel/exact.ts";
import { minorFrom } from "../kernel/money.ts";
import { lengthMs, type Period } from "../kernel/period.ts";
import { type CountedMeter, countedScale, type MeterCode, meterCodes, scaleOf } from "../rating/meter.ts";
import { complexities, type Complexity, type RateCard } from "../rating/rate-card.ts";
import { rateStorage } from "./rate-storage.ts";

/** Sums of one meter and complexity, in base units; amounts in nano-units times base units. */
export type TotalRow = {
  readonly meter: MeterCode;
  /**
   * T0 to T3 or `all`. For storage also `carried:` with the earlier period whose late levels count here, `corrected`,
   * what better knowledge took from this closed period, and `credit:` with the length of a period that is credited here.
   */
  readonly complexity: string;
  readonly units: bigint;
  readonly included: bigint;
  readonly billable: bigint;
  readonly overLimit: bigint;
  readonly amount: bigint;
  readonly credit: bigint;
};

/** What one meter counted over a span of time: quantities in its unit, amounts in nano-units. */
export type MeterSummary = {
  readonly meter: MeterCode;
  readonly quantity: Exact;
  readonly included: Exact;
  readonly billable: Exact;
  readonly overLimit: Exact;
  readonly amount: Exact;
  readonly credit: Exact;
  readonly estimated: boolean;
  /** Storage: the level at the end of what is known. */
  readonly currentBytes: bigint | null;
  readonly byComplexity: readonly {
    readonly complexity: Complexity;
    readonly quantity: Exact;
    readonly amount: Exact;
  }[];
};

/** Storage of a span: byte-milliseconds by the levels that stood, and the last level. */
export type StorageOf = { readonly byteMilliseconds: bigint; readonly currentBytes: bigint };

/**
 * The four meters of a period, from its totals and its storage.
 *
 * Storage is rated here over the whole period while it is open (an estimate: the present level is
 * taken to stand to the end), and taken from the totals once the close has frozen it.
 */
export function meterSummaries(
  card: RateCard,
  period: Period,
  open: boolean,
  trial: boolean,
  rows: readonly TotalRow[],
  storage: StorageOf,
): MeterSummary[] {
  return meterCodes.map((meter) =>
    meter === "storage"
      ? storageSummary(
          card,
          period,
          open,
          trial,
          rows.filter((row) => row.meter === "storage"),
          storage,
        )
      : countedSummary(
          meter,
          rows.filter((row) => row.meter === meter),
        ),
  );
}

/**
 * The four meters of a closed period, from its totals alone: nothing is rated any more.
 *
 * @throws Error when its storage is not frozen
 */
export function frozenSummaries(period: Period, rows: readonly TotalRow[]): MeterSummary[] {
  return meterCodes.map((meter) => {
    const own = rows.filter((row) => row.meter === meter);
    if (meter !== "storage") return countedSummary(meter, own);
    const frozen = frozenStorage(own);
    if (!frozen) throw new Error("the storage of a closed period is not frozen");
    return storageView(frozen, period, false, own, null);
  });
}

function countedSummary(meter: CountedMeter, rows: readonly TotalRow[]): MeterSummary {
  const scale = countedScale[meter];
  const total = (pick: (row: TotalRow) => bigint): Exact =>
    exact(
      rows.reduce((sum, row) => sum + pick(row), 0n),
      scale,
    );
  return {
    meter,
    quantity: total((row) => row.units),
    included: total((row) => row.included),
    billable: total((row) => row.billable),
    overLimit: total((row) => row.overLimit),
    amount: total((row) => row.amount),
    credit: total((row) => row.credit),
    estimated: false,
    currentBytes: null,
    byComplexity:
      meter === "generations"
        ? complexities.flatMap((complexity) => {
            const own = rows.filter((row) => row.complexity === complexity && row.units > 0n);
            return own.length === 0
              ? []
              : [{ complexity, quantity: sumOf(own, "units"), amount: sumOf(own, "amount") }];
          })
        : [],
  };
}

function storageSummary(
  card: RateCard,
  period: Period,
  open: boolean,
  trial: boolean,
  rows: readonly TotalRow[],
  storage: StorageOf,
): MeterSummary {
  const carried = rows.filter(isCarried).reduce((total, { units }) => total + units, 0n);
  const counted = frozenStorage(rows) ?? rateStorage(card, storage.byteMilliseconds + carried, period, trial).rated;
  return storageView(counted, period, open, rows, storage.currentBytes);
}

/** What the close has frozen; it holds what was carried into the period. */
const frozenStorage = (rows: readonly TotalRow[]): TotalRow | undefined =>
  rows.find(({ complexity }) => complexity === "all");

function storageView(
  { units, included, billable, overLimit, amount }: Omit<TotalRow, "meter" | "complexity" | "credit">,
  period: Period,
  open: boolean,
  rows: readonly TotalRow[],
  currentBytes: bigint | null,
): MeterSummary {
  const scale = scaleOf("storage", lengthMs(period));
  return {
    meter: "storage",
    quantity: exact(units, scale),
    included: exact(included, scale),
    billable: exact(billable, scale),
    overLimit: exact(overLimit, scale),
    amount: exact(amount, scale),
    credit: sum(
      rows.flatMap(({ complexity, credit }) => {
        const periodMs = creditedMs(complexity);
        return periodMs === null ? [] : [exact(credit, scaleOf("storage", periodMs))];
      }),
    ),
    estimated: open,
    currentBytes,
    byComplexity: [],
  };
}

const sumOf = (rows: readonly TotalRow[], column: "units" | "amount"): Exact =>
  rows.reduce((sum, row) => add(sum, exact(row[column])), zero);

/** What all meters cost in minor units: each meter's line rounded once, then added, credits taken off. */
export const totalMinorOf = (meters: readonly MeterSummary[]): bigint =>
  meters.reduce((sum, { amount, credit }) => sum + minorFrom(amount) + minorFrom(negate(credit)), 0n);

/** Under this key a period counts storage of an earlier one. */
export const carriedKey = (periodId: string): string => `carried:${periodId}`;

const isCarried = ({ complexity }: TotalRow): boolean => complexity.startsWith("carried:");

/** Credits for storage are kept by the length of the period that they correct, since that is the scale of its amounts. */
export const creditKey = (periodMs: bigint): string => `credit:${periodMs}`;

/** The length of the corrected period; null for a row that is no credit. */
const creditedMs = (complexity: string): bigint | null =>
  complexity.startsWith("credit:") ? BigInt(complexity.slice("credit:".length)) : null;
