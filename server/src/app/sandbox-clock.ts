import type { Pool } from "pg";
import { recordAudit } from "../audit/record-audit.ts";
import { type Clock, DAY_MS, systemClock } from "../kernel/clock.ts";
import { checkCapsJob } from "../entitlements/usage-alerts.job.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { badInput, EdgeFault } from "../platform/graphql/errors.ts";
import { instantOrNull } from "../platform/database/row.ts";
import { withLease } from "../payments/leases.ts";
import { settleStripe } from "../payments/settle-stripe.ts";
import { type StandIn, standInOf } from "../payments/stand-in.ts";
import type { Platform, Scope } from "../platform/scope.ts";
import { sweepUsage } from "../usage/sweep-usage.job.ts";

const LONGEST_STEP_MS = 732 * DAY_MS;

/** Somebody else who moves the clock is waited for this long. */
const PATIENCE_MS = 20_000;

/** Clocks that are this close are the same. */
const CLOCK_SKEW_MS = 2_000;

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
 * Moves the sandbox's time forward for all: the stand-in for Stripe, the API and the jobs. Whatever
 * is due on the way is done at its own instant, one after another, and settled before time goes on;
 * so months pass in the order in which they would.
 *
 * @throws EdgeFault FORBIDDEN with a Stripe key, BAD_USER_INPUT when `to` is not ahead,
 *   UPSTREAM_UNAVAILABLE when the stand-in or the worker does not answer: time stands where it got to
 */
export async function advanceSandboxClock(scope: Scope, to: Date): Promise<Date> {
  const { platform, clock } = scope;
  if (!platform.config.sandbox)
    throw new EdgeFault("FORBIDDEN", "Time stands under nobody's control with a Stripe key.");
  const stepMs = to.getTime() - clock().getTime();
  if (stepMs <= 0) throw badInput(`The clock moves forward only: it is ${clock().toISOString()} now.`);
  if (stepMs > LONGEST_STEP_MS) throw badInput("The clock moves at most two years at a time.");
  await inPlatformTransaction(platform.pool, (sql) =>
    recordAudit(sql, scope, { action: "clock.advanced", target: to.toISOString(), organizationId: null }),
  );
  // Looked at each minute of real time, in which a jump may leave whole periods behind.
  await checkCapsJob.run(platform, {});
  const standIn = standInOf(platform);
  const moved = await withLease(platform, "sandbox-clock", PATIENCE_MS, () =>
    standIn === null ? setClock(platform, to) : goThrough(platform, standIn, to),
  );
  if (moved === null) throw new EdgeFault("CONFLICT", "Somebody else is moving the clock right now. Look again soon.");
  await sweepUsage.run(platform, {});
  return clock();
}

/** Instant by instant up to `to`: the stand-in's work, then ours, until nothing is left to do there. */
async function goThrough(platform: Platform, standIn: StandIn, to: Date): Promise<void> {
  await settleStripe(platform, standIn);
  for (;;) {
    const own = await nextDue(platform);
    const until = own !== null && own.getTime() < to.getTime() ? own : to;
    const reached = await standIn.step(until);
    // The stand-in tells time in whole seconds; when it got there, it is the instant that was asked for.
    const arrived = reached.getTime() + 1_000 > until.getTime();
    await setClock(platform, arrived ? until : reached);
    await sweepUsage.run(platform, {});
    await settleStripe(platform, standIn);
    if (arrived && until.getTime() === to.getTime()) return;
  }
}

/** When the next period ends or access falls; null when nothing is ahead. */
async function nextDue(platform: Platform): Promise<Date | null> {
  const now = platform.clock();
  const rows = await inPlatformTransaction(platform.pool, (sql) =>
    sql<{ next: unknown }>(
      `select min(at) as next from (
         select min(current_period_end) as at from subscriptions where current_period_end > $1
         union all select min(past_due_since + interval '7 days') from subscriptions
           where past_due_since is not null and restricted_at is null and past_due_since + interval '7 days' > $1) due`,
      [now],
    ),
  );
  return instantOrNull(rows[0]?.next ?? null);
}

/** It is `instant` now, for all instances, and time flows on from there. Never backwards. */
async function setClock(platform: Platform, instant: Date): Promise<void> {
  const aheadMs = Math.max(0, instant.getTime() - systemClock().getTime());
  await inPlatformTransaction(platform.pool, (sql) =>
    sql(
      "insert into sandbox_clock (id, ahead_ms) values (1, $1) on conflict (id) do update set ahead_ms = greatest(sandbox_clock.ahead_ms, excluded.ahead_ms)",
      [aheadMs],
    ),
  );
  await platform.refreshClock?.();
}

/** After a crash between two steps the stand-in's time and ours differ: whoever is behind catches up. */
export async function alignSandboxClock(platform: Platform): Promise<void> {
  const standIn = standInOf(platform);
  if (standIn === null) return;
  const theirs = await standIn.now();
  const ours = platform.clock();
  if (theirs.getTime() > ours.getTime() + CLOCK_SKEW_MS) await setClock(platform, theirs);
  else if (ours.getTime() > theirs.getTime() + CLOCK_SKEW_MS) await standIn.advance(ours);
}
