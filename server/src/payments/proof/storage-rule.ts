import { instant, whole } from "../../platform/database/row.ts";
import type { Sql } from "../../platform/database/sql.ts";
import { rateCardHistories } from "../../subscriptions/rate-card-history.ts";
import { lastOf, rateStorage } from "../../usage/rate-storage.ts";
import { noStorage, type PeriodOf, periodStorage } from "../../usage/read-totals.ts";
import { type Batch, compareFields, type LedgerRule } from "./proof.ts";

const STORAGE = "storage-totals";

type Frozen = PeriodOf & {
  readonly planVersionId: string;
  readonly trial: boolean;
  /** As the period was billed: byte-milliseconds, and what they came to. */
  readonly billed: Readonly<Record<"units" | "included" | "billable" | "overLimit" | "amount", bigint>>;
  /** What better knowledge took from it, what it counts of earlier periods, and later ones of it. */
  readonly corrected: bigint;
  readonly carriedIn: bigint;
  readonly carriedOut: bigint;
};

/**
 * The storage of a frozen period is what its levels say, counted here or, where they came late, in a
 * later period; and it was rated by the prices in force when the period ended. Trials cost nothing
 * and are not corrected.
 */
export const storageRule: LedgerRule = {
  name: STORAGE,
  prove: async (sql, batch, findings) => {
    const periods = await frozenPeriods(sql, batch);
    findings.checked(STORAGE, periods.length);
    const levels = await periodStorage(sql, periods);
    const cards = await rateCardHistories(sql, periods);
    for (const period of periods) {
      const of = { rule: STORAGE, organizationId: period.organizationId, object: period.id };
      const card = cards.get(period.id)?.at(lastOf(period));
      if (card) {
        const { included, billable, overLimit, amount } = rateStorage(
          card,
          period.billed.units,
          period,
          period.trial,
        ).rated;
        compareFields(findings, of, period.billed, {
          units: period.billed.units,
          included,
          billable,
          overLimit,
          amount,
        });
      }
      if (period.trial) continue;
      const counted = period.billed.units + period.corrected - period.carriedIn + period.carriedOut;
      const { byteMilliseconds } = levels.get(period.id) ?? noStorage;
      compareFields(findings, of, { byteMilliseconds: counted }, { byteMilliseconds });
    }
  },
};

async function frozenPeriods(sql: Sql, { ids }: Batch): Promise<Frozen[]> {
  const rows = await sql<
    Record<string, unknown> & { organization_id: string; id: string; plan_version_id: string; trial: boolean }
  >(
    `select p.organization_id, p.id, p.start_at, p.end_at, p.plan_version_id, p.trial, t.units, t.included, t.billable, t.over_limit, t.amount,
       coalesce((select c.units from usage_totals c where c.organization_id = p.organization_id and c.period_id = p.id
         and c.meter = 'storage' and c.complexity = 'corrected'), 0)::text as corrected,
       coalesce((select sum(c.units) from usage_totals c where c.organization_id = p.organization_id and c.period_id = p.id
         and c.meter = 'storage' and starts_with(c.complexity, 'carried:')), 0)::text as carried_in,
       coalesce((select sum(c.units) from usage_totals c where c.organization_id = p.organization_id
         and c.meter = 'storage' and c.complexity = 'carried:' || p.id), 0)::text as carried_out
     from billing_periods p join usage_totals t on t.organization_id = p.organization_id and t.period_id = p.id
       and t.meter = 'storage' and t.complexity = 'all'
     where p.organization_id = any($1::uuid[]) and p.closed_at is not null`,
    [ids],
  );
  return rows.map((row) => ({
    organizationId: row.organization_id,
    id: row.id,
    start: instant(row["start_at"]),
    end: instant(row["end_at"]),
    planVersionId: row.plan_version_id,
    trial: row.trial,
    billed: {
      units: whole(row["units"]),
      included: whole(row["included"]),
      billable: whole(row["billable"]),
      overLimit: whole(row["over_limit"]),
      amount: whole(row["amount"]),
    },
    corrected: whole(row["corrected"]),
    carriedIn: whole(row["carried_in"]),
    carriedOut: whole(row["carried_out"]),
  }));
}
