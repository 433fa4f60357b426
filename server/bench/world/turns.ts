/** What one turn of a bench gave. */
export type Turn = {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** What the server's process had of the processors for each piece of work, in milliseconds. */
  readonly cpuMs: number | null;
};

/** Keeps so many pieces of work in flight for the given time, and until there were at least so many. */
export async function takeTurn(
  {
    flight,
    seconds,
    cpuMs = () => null,
    least = 0,
  }: {
    readonly flight: number;
    readonly seconds: number;
    readonly cpuMs?: () => number | null;
    readonly least?: number;
  },
  work: (number: number, worker: number) => Promise<void>,
): Promise<Turn> {
  const startedAt = performance.now();
  const until = startedAt + seconds * 1_000;
  const cpuBefore = cpuMs();
  const tookMs: number[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: flight }, async (_, worker) => {
      while (performance.now() < until || next < least) {
        const began = performance.now();
        await work(next++, worker);
        tookMs.push(performance.now() - began);
      }
    }),
  );
  const cpuAfter = cpuMs();
  const sorted = tookMs.toSorted((a, b) => a - b);
  const quantile = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
  return {
    perSecond: (tookMs.length * 1_000) / (performance.now() - startedAt),
    p50: quantile(0.5),
    p99: quantile(0.99),
    cpuMs: cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / tookMs.length,
  };
}

/** Two things take turns for some rounds; who begins changes, so that neither always finds the warmer machine. */
export async function inTurns(
  rounds: number,
  ours: () => Promise<Turn>,
  other: () => Promise<Turn>,
): Promise<{ ours: Turn; other: Turn }[]> {
  const results: { ours: Turn; other: Turn }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0 ? await ours() : await other();
    const second = round % 2 === 0 ? await other() : await ours();
    results.push(round % 2 === 0 ? { ours: first, other: second } : { ours: second, other: first });
  }
  return results;
}

export const ratioOf = ({ ours, other }: { ours: Turn; other: Turn }): number => ours.perSecond / other.perSecond;

/** The round whose ratio is in the middle. */
export function middleOf(results: readonly { ours: Turn; other: Turn }[]): { ours: Turn; other: Turn } {
  const middle = results.toSorted((a, b) => ratioOf(a) - ratioOf(b))[Math.floor(results.length / 2)];
  if (!middle) throw new Error("no round was run");
  return middle;
}

/** What half of the turns are below. */
export const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const turnLine = ({ perSecond, p50, p99, cpuMs }: Turn, what = ""): string =>
  `${Math.round(perSecond).toString().padStart(6)}${what}/s (p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms${cpuMs === null ? "" : `, cpu ${cpuMs.toFixed(3)} ms each`})`;
