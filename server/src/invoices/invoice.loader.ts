import DataLoader from "dataloader";
import { arrayOf } from "../platform/database/row.ts";
import { type Sql, sqlIn } from "../platform/database/sql.ts";
import { perRequest } from "../platform/graphql/context.ts";
import type { Scope } from "../platform/scope.ts";
import type { RateCard } from "../rating/rate-card.ts";
import { rateCardHistories } from "../subscriptions/rate-card-history.ts";
import { frozenSummaries, type MeterSummary } from "../usage/meter-summary.ts";
import { lastOf } from "../usage/rate-storage.ts";
import { type PeriodOf, periodTotals } from "../usage/read-totals.ts";
import { type UsagePart, usageParts } from "../usage/usage-parts.ts";
import { invoicesById } from "./read-invoices.ts";
import { creditNotesOf, linesOf, paymentsOf, refundsOf } from "./read-invoice-parts.ts";
import type { StoredInvoice } from "./stored-invoice.ts";

/** Invoices by id; null for those the scope may not see. */
export const invoiceLoader = perRequest(
  ({ em }: Scope) =>
    new DataLoader<string, StoredInvoice | null>(async (ids) => {
      const found = await invoicesById(sqlIn(em), ids);
      return ids.map((id) => found.get(id) ?? null);
    }),
);

type Owner = Pick<StoredInvoice, "organizationId" | "id">;

/** What belongs to invoices, read for all of them in one statement. */
const partsLoader = <T extends { readonly invoiceId: string }>(
  read: (sql: Sql, invoices: readonly Owner[]) => Promise<T[]>,
) =>
  perRequest(
    ({ em }: Scope) =>
      new DataLoader<Owner, readonly T[], string>(
        async (invoices) => {
          const byInvoice = Map.groupBy(await read(sqlIn(em), invoices), ({ invoiceId }) => invoiceId);
          return invoices.map(({ id }) => byInvoice.get(id) ?? []);
        },
        { cacheKeyFn: ({ id }) => id },
      ),
  );

export const lineLoader = partsLoader(linesOf);
export const paymentLoader = partsLoader(paymentsOf);
export const creditNoteLoader = partsLoader(creditNotesOf);
export const refundLoader = partsLoader(refundsOf);

/** What a frozen period used, and the prices at its end. */
export type FrozenUsage = { readonly meters: readonly MeterSummary[]; readonly card: RateCard };

/** Usage of frozen periods: a constant number of statements, however many are asked for. */
export const frozenUsageLoader = perRequest(
  ({ em }: Scope) =>
    new DataLoader<PeriodOf, FrozenUsage, string>(
      async (periods) => {
        const sql = sqlIn(em);
        const totals = await periodTotals(sql, periods);
        const versions = await sql<{ organization_id: string; id: string; plan_version_id: string }>(
          `select p.organization_id, p.id, p.plan_version_id from unnest($1::uuid[], $2::uuid[]) as w (organization_id, id)
           join billing_periods p on p.organization_id = w.organization_id and p.id = w.id`,
          [arrayOf(periods.map(({ organizationId }) => organizationId)), arrayOf(periods.map(({ id }) => id))],
        );
        const cards = await rateCardHistories(
          sql,
          versions.map((row) => ({
            organizationId: row.organization_id,
            id: row.id,
            planVersionId: row.plan_version_id,
          })),
        );
        return periods.map((period) => {
          const card = cards.get(period.id)?.at(lastOf(period));
          if (!card) return new Error(`no billing period ${period.id}`);
          return { card, meters: frozenSummaries(period, totals.get(period.id) ?? []) };
        });
      },
      { cacheKeyFn: ({ id }) => id },
    ),
);

/** What is billed of the counted meters in a period, by complexity, model class and price. */
export const usagePartLoader = perRequest(
  ({ em }: Scope) =>
    new DataLoader<PeriodOf, readonly UsagePart[], string>(
      async (periods) => {
        const parts = await usageParts(sqlIn(em), periods);
        return periods.map(({ id }) => parts.get(id) ?? []);
      },
      { cacheKeyFn: ({ id }) => id },
    ),
);
