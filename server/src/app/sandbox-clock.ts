import type { Pool } from "pg";
import { recordAudit } from "../audit/record-audit.ts";
import { type Clock, DAY_MS, systemClock } from "../kernel/clock.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { badInput, EdgeFault } from "../platform/graphql/errors.ts";
import type { Scope } from "../platform/scope.ts";
import { sweepUsage } from "../usage/sweep-usage.job.ts";

const LONGEST_STEP_MS = 732 * DAY_MS;

/** How often an instance looks whether another one has moved the clock. */
const REFRESH_MS = 1_000;

/** A clock that runs ahead of real time by what the database says. */
export class SandboxTime {
  #aheadMs = 0;
  readonly #pool: Pool;
  #timer: NodeJS.Timeout | null = null;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  readonly clock: Clock = () => new Date(systemClock().getTime() + this.#aheadMs);

  async start(): Promise<void> {
    await this.refresh();
    this.#timer = setInterval(() => void this.refresh().catch(() => undefined), REFRESH_MS);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  async refresh(): Promise<void> {
    const rows = await inPlatformTransaction(this.#pool, (sql) =>
      sql<{ ahead_ms: string }>("select ahead_ms from sandbox_clock where id = 1"),
    );
    this.#aheadMs = Number(rows[0]?.ahead_ms ?? 0);
  }
}

/**
 * Moves the sandbox's time forward for all instances and rolls over what ends on the way.
 *
 * @throws EdgeFault FORBIDDEN with a Stripe key, BAD_USER_INPUT when `to` is not ahead
 */
export async function advanceSandboxClock(scope: Scope, to: Date): Promise<Date> {
  const { platform, clock } = scope;
  if (!platform.config.sandbox)
    throw new EdgeFault("FORBIDDEN", "Time stands under nobody's control with a Stripe key.");
  const stepMs = to.getTime() - clock().getTime();
  if (stepMs <= 0) throw badInput(`The clock moves forward only: it is ${clock().toISOString()} now.`);
  if (stepMs > LONGEST_STEP_MS) throw badInput("The clock moves at most two years at a time.");
  const aheadMs = Math.max(0, to.getTime() - systemClock().getTime());
  await inPlatformTransaction(platform.pool, async (sql) => {
    await sql(
      "insert into sandbox_clock (id, ahead_ms) values (1, $1) on conflict (id) do update set ahead_ms = greatest(sandbox_clock.ahead_ms, excluded.ahead_ms)",
      [aheadMs],
    );
    await recordAudit(sql, scope, { action: "clock.advanced", target: to.toISOString(), organizationId: null });
  });
  await platform.refreshClock?.();
  await sweepUsage.run(platform, {});
  return clock();
}
