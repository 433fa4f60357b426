import { createLog } from "../src/platform/log.ts";
import { newId } from "../src/platform/id.ts";
import { createRateLimits } from "../src/platform/rate-limits/create-rate-limits.ts";
import type { RateLimit, RateLimits } from "../src/platform/rate-limits/rate-limits.ts";

/** What one process has of the limits it shares with others, and what it logs about them. */
export type Process = {
  readonly limits: RateLimits;
  readonly warnings: readonly unknown[];
  readonly recoveries: readonly unknown[];
};

/** One that waits for Redis as long as it takes, so that what it counts does not depend on how busy this machine is. */
export const startPatient = (redisUrls: readonly string[]): Promise<Process> => startProcess(redisUrls, 20_000);

/** @param answerWithinMs as the product has it when not named */
export async function startProcess(redisUrls: readonly string[], answerWithinMs?: number): Promise<Process> {
  const [warnings, recoveries]: [unknown[], unknown[]] = [[], []];
  const log = Object.assign(createLog("silent"), {
    warn: (details: unknown) => void warnings.push(details),
    info: (details: unknown) => void recoveries.push(details),
  });
  return { limits: await createRateLimits(redisUrls, log, answerWithinMs), warnings, recoveries };
}

/** An organization that has used nothing yet. */
export const newOwner = (): string => newId();

export const limitOf = (owner: string, most: number): RateLimit => ({
  owner,
  name: "generations",
  most,
  spanSeconds: 60,
});

/** How many of so many that ask at once are allowed. */
export async function takeAtOnce({ limits }: Process, times: number, limit: RateLimit): Promise<number> {
  const taken = await Promise.all(Array.from({ length: times }, () => limits.take(limit)));
  return taken.filter(({ allowed }) => allowed).length;
}

/** @throws Error when one of them has answered by itself, which would say nothing about sharing */
export function mustHaveShared(processes: readonly Pick<Process, "warnings">[]): void {
  const warnings = processes.flatMap((process) => process.warnings);
  if (warnings.length > 0) throw new Error(`A process counted by itself: ${JSON.stringify(warnings)}`);
}
