import DataLoader from "dataloader";
import { plansById, type PublishedPlan } from "../catalog/read-catalog.ts";
import { arrayOf } from "../platform/database/row.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { perRequest } from "../platform/graphql/context.ts";
import { notFound } from "../platform/graphql/errors.ts";
import type { Adjustment } from "./event-rating.ts";
import { type BillingPeriodView, type PeriodRow, periodView } from "./billing-periods.ts";
import { adjustmentsOf, eventsById, type UsageVoid, voidsOf } from "./read-events.ts";
import type { StoredEvent } from "./stored-event.ts";

/** Events by id. */
export const eventLoader = perRequest(
  ({ em }) =>
    new DataLoader<string, StoredEvent>(async (ids) => {
      const events = await eventsById(sqlIn(em), ids);
      return ids.map((id) => events.get(id) ?? notFound("The usage event"));
    }),
);

/** What has changed in each event's rating since it was accepted. */
export const adjustmentLoader = perRequest(
  ({ em }) =>
    new DataLoader<string, readonly Adjustment[]>(async (ids) => {
      const adjustments = await adjustmentsOf(sqlIn(em), ids);
      return ids.map((id) => adjustments.get(id) ?? []);
    }),
);

export const voidLoader = perRequest(
  ({ em }) =>
    new DataLoader<string, UsageVoid | null>(async (ids) => {
      const voids = await voidsOf(sqlIn(em), ids);
      return ids.map((id) => voids.get(id) ?? null);
    }),
);

/** A billing period with its plan. */
export type PlannedPeriod = BillingPeriodView & { readonly plan: PublishedPlan };

/** Billing periods, each with its plan. */
export const periodPlanLoader = perRequest(
  ({ em }) =>
    new DataLoader<string, PlannedPeriod>(async (ids) => {
      const sql = sqlIn(em);
      const rows = await sql<PeriodRow>(
        "select id, start_at, end_at, closed_at, plan_version_id, trial from billing_periods where id = any($1::uuid[])",
        [arrayOf(ids)],
      );
      const plans = await plansById(
        sql,
        rows.map(({ plan_version_id }) => plan_version_id),
      );
      const byId = new Map(rows.map((row, index) => [row.id, { ...periodView(row), plan: plans[index] }]));
      return ids.map((id) => {
        const found = byId.get(id);
        return found?.plan ? { ...found, plan: found.plan } : notFound("The billing period");
      });
    }),
);
