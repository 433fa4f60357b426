import { setTimeout as wait } from "node:timers/promises";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { newId } from "../platform/id.ts";
import type { Platform } from "../platform/scope.ts";

/** A holder that died is waited for this long; one that lives says so more often. */
const LEASE_MS = 8_000;
const BEAT_MS = 2_000;
const POLL_MS = 40;

/**
 * Runs `work` while nobody else holds `name`, in any process. Leases count real time: the sandbox's
 * clock does not end them.
 *
 * @param patienceMs how long to wait for the holder before; 0 asks once
 * @returns null when the name stayed taken
 */
export async function withLease<T>(
  platform: Platform,
  name: string,
  patienceMs: number,
  work: () => Promise<T>,
): Promise<{ readonly value: T } | null> {
  const holder = newId();
  const deadline = Date.now() + patienceMs;
  while (!(await take(platform, name, holder))) {
    if (Date.now() >= deadline) return null;
    await wait(POLL_MS);
  }
  const beat = setInterval(() => void renew(platform, name, holder).catch(() => undefined), BEAT_MS);
  try {
    return { value: await work() };
  } finally {
    clearInterval(beat);
    await inPlatformTransaction(platform.pool, (sql) =>
      sql("delete from stripe_leases where name = $1 and holder = $2", [name, holder]),
    );
  }
}

async function renew(platform: Platform, name: string, holder: string): Promise<void> {
  await inPlatformTransaction(platform.pool, (sql) =>
    sql(
      "update stripe_leases set until = clock_timestamp() + $3 * interval '1 millisecond' where name = $1 and holder = $2",
      [name, holder, LEASE_MS],
    ),
  );
}

async function take(platform: Platform, name: string, holder: string): Promise<boolean> {
  const rows = await inPlatformTransaction(platform.pool, (sql) =>
    sql(
      `insert into stripe_leases as l (name, holder, until) values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
       on conflict (name) do update set holder = excluded.holder, until = excluded.until where l.until < clock_timestamp()
       returning name`,
      [name, holder, LEASE_MS],
    ),
  );
  return rows.length > 0;
}
