import { instantOrNull } from "../../platform/database/row.ts";
import type { Sql } from "../../platform/database/sql.ts";

/** Whether the billing runs as it should, in figures. */
export type BillingFigures = {
  readonly heldInvoices: number;
  readonly openAlarms: number;
  readonly waitingEvents: number;
  readonly failedEvents: number;
  readonly pendingCalls: number;
  /** Real seconds, since calls are repeated by real time. */
  readonly oldestPendingSeconds: number | null;
  readonly lastRepairAt: Date | null;
  readonly lastProofAt: Date | null;
};

/** Reads the figures in one statement. @param sql with the platform's sight */
export async function billingFigures(sql: Sql): Promise<BillingFigures> {
  const [row] = await sql<
    Record<string, unknown> & {
      held: number;
      alarms: number;
      waiting: number;
      failed: number;
      pending: number;
      oldest: number | null;
    }
  >(
    `select (select count(*)::int from invoices where held_at is not null) as held,
       (select count(*)::int from alarms where cleared_at is null) as alarms,
       (select count(*)::int from stripe_inbox where state = 'RECEIVED') as waiting,
       (select count(*)::int from stripe_inbox where state = 'FAILED') as failed,
       (select count(*)::int from stripe_outbox where state = 'PENDING') as pending,
       (select extract(epoch from clock_timestamp() - min(created_at))::float8 from stripe_outbox where state = 'PENDING') as oldest,
       (select max(ran_at) from stripe_repair) as repaired, (select max(finished_at) from proof_reports) as proven`,
  );
  return {
    heldInvoices: row?.held ?? 0,
    openAlarms: row?.alarms ?? 0,
    waitingEvents: row?.waiting ?? 0,
    failedEvents: row?.failed ?? 0,
    pendingCalls: row?.pending ?? 0,
    oldestPendingSeconds: row?.oldest ?? null,
    lastRepairAt: instantOrNull(row?.["repaired"]),
    lastProofAt: instantOrNull(row?.["proven"]),
  };
}
