import { monthlyMinorOf, type PlanCode } from "../catalog/plan-terms.ts";
import type { PublishedPlan } from "../catalog/read-catalog.ts";
import { totalMinor, usageLines } from "../invoices/upcoming-invoice.ts";
import { monthsAfter } from "../kernel/period.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { newId } from "../platform/id.ts";
import { inTenant, type Scope, tenantOf } from "../platform/scope.ts";
import { wholeSecond } from "../subscriptions/subscription.ts";
import type { MeterSummary } from "../usage/meter-summary.ts";
import { currentUsageLoader } from "../usage/period-usage.loader.ts";
import { type InUse, type Losses, lossesOf } from "./losses.ts";
import type { QuoteLine } from "./plan-change.entity.ts";
import { type PlanQuote, QUOTE_MS, withBalance } from "./plan-quote.ts";
import { type PlanChangeState, readPlanChange } from "./plan-change-state.ts";
import { saveQuote } from "./stored-quote.ts";
import { previewUpgrade } from "./stripe-preview.ts";

export type PlanChangePreview = {
  readonly quote: PlanQuote;
  readonly plan: PublishedPlan;
  readonly losses: Losses;
  readonly needsPaymentMethod: boolean;
};

/**
 * Says what changing to a plan costs now and later, and what would be lost, and keeps it as a quote:
 * `changePlan` with its id charges exactly that.
 *
 * @throws AlreadyOnPlan; EdgeFault as `readPlanChange`, UPSTREAM_UNAVAILABLE without Stripe's amount
 */
export async function previewPlanChange(scope: Scope, code: PlanCode): Promise<PlanChangePreview> {
  const organizationId = tenantOf(scope);
  const { platform } = scope;
  const now = scope.clock();
  const state = await inTenantTransaction(platform.pool, organizationId, (sql) =>
    readPlanChange(sql, organizationId, code, now),
  );
  const { meters } = await currentUsageLoader(inTenant(scope, organizationId)).load(organizationId);
  const losses = await inTenantTransaction(platform.pool, organizationId, (sql) => lossesNow(sql, state, meters));
  const prorationAt = prorationFrom(state);
  const id = newId();
  const { lines, balanceMinor } = await chargedNow(scope, state, prorationAt, id);
  const due = withBalance(lines, balanceMinor, now);
  const quote: PlanQuote = {
    id,
    kind: state.kind,
    planVersionId: state.plan.id,
    fromPlanVersionId: state.current.planVersionId,
    prorationAt,
    effectiveAt: effectiveAt(state),
    dueNowMinor: due.dueMinor,
    nextInvoiceMinor: nextInvoiceMinor(state, meters),
    lines: due.lines,
    losses: [...losses.unfit, ...losses.features],
    expiresAt: new Date(now.getTime() + QUOTE_MS),
    usedAt: null,
  };
  await inTenantTransaction(platform.pool, organizationId, (sql) => saveQuote(sql, organizationId, quote, now));
  const needsPaymentMethod = state.kind === "START" && state.customer?.paymentMethod == null;
  return { quote, plan: state.plan, losses, needsPaymentMethod };
}

/** The second from which the rest of the period is charged. Stripe's clock may be a little ahead of ours. */
function prorationFrom({ now, at }: PlanChangeState): Date {
  const second = wholeSecond(now);
  return at !== null && at.periodStart.getTime() > second.getTime() ? at.periodStart : second;
}

/** What of the present use and rights the new plan does not have. */
export async function lossesNow(
  sql: Sql,
  { current, plan }: Pick<PlanChangeState, "current" | "plan">,
  meters: readonly MeterSummary[],
): Promise<Losses> {
  const inUse: InUse = {
    activeProjects: await activeProjects(sql, current.organizationId, current.currentPeriodId),
    storedBytes: meters.find(({ meter }) => meter === "storage")?.currentBytes ?? 0n,
  };
  return lossesOf(current.plan.terms, plan.terms, inUse);
}

/** Active projects as they were reported last; without a report, those that usage of the open period names. */
async function activeProjects(sql: Sql, organizationId: string, periodId: string): Promise<number> {
  const [row] = await sql<{ count: number }>(
    `select coalesce(
       (select level::float8 from entitlement_levels where organization_id = $1 and key = 'active_projects'),
       (select count(distinct project_id)::float8 from usage_events e where organization_id = $1 and period_id = $2 and project_id is not null
          and not exists (select from usage_voids v where v.organization_id = e.organization_id and v.event_id = e.id))) as count`,
    [organizationId, periodId],
  );
  return row?.count ?? 0;
}

type Charged = { readonly lines: readonly QuoteLine[]; readonly balanceMinor: bigint };

async function chargedNow(
  { platform }: Scope,
  state: PlanChangeState,
  prorationAt: Date,
  quoteId: string,
): Promise<Charged> {
  if (state.kind === "START")
    return { lines: [firstFee(state, prorationAt)], balanceMinor: state.customer?.balanceMinor ?? 0n };
  if (state.kind === "UPGRADE" && state.at !== null)
    return previewUpgrade(platform, state.at, state.plan.id, prorationAt, quoteId);
  return { lines: [], balanceMinor: 0n };
}

const firstFee = ({ plan }: PlanChangeState, start: Date): QuoteLine => ({
  kind: "FEE",
  description: `${plan.terms.name}, one month`,
  amountMinor: monthlyMinorOf(plan.terms).toString(),
  periodStart: start.toISOString(),
  periodEnd: monthsAfter(start, 1).toISOString(),
});

function effectiveAt({ kind, now, current }: PlanChangeState): Date {
  return kind === "START" || kind === "UPGRADE" ? now : (current.trialEndsAt ?? current.currentPeriodEnd);
}

/** The fee that follows, and what was used past the allowance so far. */
function nextInvoiceMinor({ kind, plan, current }: PlanChangeState, meters: readonly MeterSummary[]): bigint {
  const overage = kind === "TRIAL" || kind === "START" ? 0n : totalMinor(usageLines(meters));
  // An upgrade leaves a scheduled cancellation as it is.
  const ends = kind === "UPGRADE" && current.cancelAt !== null;
  return (ends ? 0n : monthlyMinorOf(plan.terms)) + overage;
}
