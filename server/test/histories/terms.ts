// What plans include and what things cost, written down from the domain's tables a second time: no code of the product is
// used here.

export type Plan = "free" | "starter" | "professional" | "enterprise";
export type Meter = "generations" | "api_calls" | "compute";
export const meters: readonly Meter[] = ["generations", "api_calls", "compute"];

/** One amount in sixty-millionths of a dollar: a call, a generation and a millisecond of compute are whole numbers of it. */
export type Amount = bigint;
const PER_DOLLAR = 60_000_000n;
const PER_CENT = PER_DOLLAR / 100n;

/** Units are generations, calls, and milliseconds of compute past the first minute. */
const COMPUTE_MINUTE = 60_000n;
export const allowances: Readonly<Record<Plan, Readonly<Record<Meter, bigint | null>>>> = {
  free: { generations: 10n, api_calls: 1_000n, compute: 10n * COMPUTE_MINUTE },
  starter: { generations: 100n, api_calls: 10_000n, compute: 100n * COMPUTE_MINUTE },
  professional: { generations: 1_000n, api_calls: 100_000n, compute: 1_000n * COMPUTE_MINUTE },
  enterprise: { generations: null, api_calls: null, compute: null },
};
/** Ten cents, a quarter, half a dollar, a dollar. */
const generationPrices = { T0: 6_000_000n, T1: 15_000_000n, T2: 30_000_000n, T3: 60_000_000n } as const;
const CALL_PRICE = 60_000n;
/** Five cents a minute. */
const MILLISECOND_PRICE = 50n;

export const DAY = 86_400_000;

/** One piece of work as it is reported. */
export type Report = {
  readonly idempotencyKey: string;
  readonly action: "GENERATION" | "API_CALL" | "VALIDATION" | "EXPORT";
  readonly complexity?: "T0" | "T1" | "T2" | "T3";
  readonly model?: string | null;
  readonly quantity?: string;
  readonly computeTimeMs?: number | null;
  readonly failed?: boolean;
  /** Left out: now. */
  readonly occurredAt?: string;
};

/** What a report counts in each meter. */
export function unitsOf(report: Report): Record<Meter, bigint> {
  const longer = BigInt(Math.max(0, (report.computeTimeMs ?? 0) - 60_000));
  return {
    generations: report.action === "GENERATION" ? 1n : 0n,
    api_calls: report.action === "API_CALL" ? BigInt(report.quantity ?? "1") : 0n,
    compute: report.action === "API_CALL" ? 0n : longer,
  };
}

/** What one unit past the allowance costs. */
export function priceOf({ complexity = "T0", model }: Report, meter: Meter): Amount {
  if (meter === "api_calls") return CALL_PRICE;
  if (meter === "compute") return MILLISECOND_PRICE;
  const premium = /^(gpt-4|claude-3)/i.test(model ?? "");
  return generationPrices[complexity] * (premium ? 2n : 1n);
}

/** The same day and time some months on; a day that the month lacks is its last one. */
export function monthsAfter(anchor: number, months: number): number {
  const from = new Date(anchor);
  const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return first.getTime() + (Math.min(from.getUTCDate(), days) - 1) * DAY + (anchor - Math.floor(anchor / DAY) * DAY);
}

/** Half a cent becomes a cent, minus half a cent becomes nothing. */
export function inCents(amount: Amount): bigint {
  const doubled = 2n * amount + PER_CENT;
  const size = 2n * PER_CENT;
  const whole = doubled / size;
  return doubled % size < 0n ? whole - 1n : whole;
}

/** A decimal as the API writes it, in whole units of which there are `perOne` in one. @throws when it is finer */
function unitsFrom(decimal: string, perOne: bigint): bigint {
  const [whole = "0", fraction = ""] = decimal.replace("-", "").split(".");
  const scaled = BigInt(whole + fraction) * perOne;
  const divisor = 10n ** BigInt(fraction.length);
  if (scaled % divisor !== 0n) throw new Error(`${decimal} is finer than a whole unit`);
  return (decimal.startsWith("-") ? -1n : 1n) * (scaled / divisor);
}

export const amountFrom = (decimal: string): Amount => unitsFrom(decimal, PER_DOLLAR);
export const quantityFrom = (decimal: string, meter: Meter): bigint =>
  unitsFrom(decimal, meter === "compute" ? COMPUTE_MINUTE : 1n);
