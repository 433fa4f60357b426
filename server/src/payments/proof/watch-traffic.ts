import { inPlatformTransaction } from "../../platform/database/tenant-transaction.ts";
import type { Platform } from "../../platform/scope.ts";
import { type Alarm, clearAlarm, raiseAlarm } from "../alarms.ts";

type Watched = {
  readonly key: string;
  readonly kind: Alarm["kind"];
  readonly message: (count: number) => string;
  /** Selects the ids of what hangs, the oldest first, as `id`. Waiting is measured in real time. */
  readonly select: string;
};

const watched: readonly Watched[] = [
  {
    key: "hanging:calls",
    kind: "call-refused",
    message: (count) => `${count} calls to Stripe have waited for more than an hour.`,
    select:
      "select id::text as id from stripe_outbox where state = 'PENDING' and created_at < clock_timestamp() - interval '1 hour' order by created_at",
  },
  {
    key: "hanging:events",
    kind: "webhook-failed",
    message: (count) => `${count} events of Stripe's have waited for more than an hour.`,
    select:
      "select event_id as id from stripe_inbox where state = 'RECEIVED' and received_at < clock_timestamp() - interval '1 hour' order by received_at",
  },
  {
    key: "quarantine:version",
    kind: "quarantine",
    message: (count) => `${count} events of Stripe's have another API version and were not worked.`,
    select: "select event_id as id from stripe_inbox where state = 'QUARANTINED' and attempts = 0 order by received_at",
  },
];

/** Raises an alarm for what hangs in the inbox or the outbox, and clears it when nothing does any more. */
export async function watchTraffic(platform: Platform): Promise<void> {
  const now = platform.clock();
  await inPlatformTransaction(platform.pool, async (sql) => {
    for (const { key, kind, message, select } of watched) {
      const [row] = await sql<{ count: number; first: string[] | null }>(
        `select count(*)::int as count, (array_agg(id))[1:10] as first from (${select}) hanging`,
      );
      const count = row?.count ?? 0;
      if (count === 0) await clearAlarm(sql, now, key);
      else
        await raiseAlarm(sql, now, {
          key,
          kind,
          organizationId: null,
          message: message(count),
          detail: { count, first: row?.first ?? [] },
        });
    }
  });
}
