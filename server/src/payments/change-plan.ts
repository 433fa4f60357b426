import { recordAudit } from "../audit/record-audit.ts";
import { majorFromMinor } from "../kernel/money.ts";
import type { PlanCode } from "../catalog/plan-terms.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { EdgeFault, notFound } from "../platform/graphql/errors.ts";
import { isUuid } from "../platform/id.ts";
import { inTenant, type Scope, tenantOf } from "../platform/scope.ts";
import { currentUsageLoader } from "../usage/period-usage.loader.ts";
import { carryOut, mustCarryOut, readAgain, stripeUnknown } from "./carry-out.ts";
import { checkQuote } from "./check-quote.ts";
import { decidePlanChange, type DecidedChange } from "./decide-plan-change.ts";
import { followSubscription } from "./follow-subscription.ts";
import { inTurn } from "./plan-change-turn.ts";
import { PaymentFailed, UsageDoesNotFit } from "./plan-change.refusals.ts";
import { type PlanChangeState, readPlanChange } from "./plan-change-state.ts";
import { priceOfPlan } from "./plan-prices.ts";
import { type PlanQuote, staleness } from "./plan-quote.ts";
import { lossesNow, previewPlanChange } from "./preview-plan-change.ts";
import { openCheckout } from "./start-checkout.ts";
import { quoteOf, useQuote } from "./stored-quote.ts";
import { callFault } from "./stripe-client.ts";
import { declineOf } from "./stripe-decline.ts";

export type ChangePlan = {
  readonly plan: PlanCode;
  readonly quoteId: string | null;
  readonly confirmLosses: boolean;
};

/**
 * Changes the plan: a dearer one at once, when the rest of the period is paid; a cheaper one at the
 * period's end. With a quote it charges exactly what was shown, without one it makes its own.
 *
 * @throws AlreadyOnPlan, UsageDoesNotFit, PaymentFailed — the plan is as it was; EdgeFault CONFLICT
 *   for a stale quote or two at once, UPSTREAM_UNAVAILABLE while the outcome is unknown
 */
export async function changePlan(scope: Scope, input: ChangePlan): Promise<void> {
  const organizationId = tenantOf(scope);
  await inTurn(scope.platform, organizationId, `change to ${input.plan.toUpperCase()}`, async () => {
    // A trial of a moment ago may not have reached Stripe yet.
    await followSubscription(scope.platform, organizationId);
    const quoteId = input.quoteId ?? (await previewPlanChange(scope, input.plan)).quote.id;
    if (!isUuid(quoteId)) throw notFound("The quote");
    const accepted = await accept(scope, organizationId, input, quoteId);
    if (accepted.change === null)
      throw await needsCard(scope, input.plan, "There is no payment method yet. Nothing was charged.");
    await apply(scope, organizationId, input.plan, accepted.quote, accepted.change);
  });
}

type Accepted = { readonly quote: PlanQuote; readonly change: DecidedChange | null };

/** Checks the quote against how things stand, and decides the calls; all in one transaction. */
async function accept(scope: Scope, organizationId: string, input: ChangePlan, quoteId: string): Promise<Accepted> {
  const { platform } = scope;
  const { meters } = await currentUsageLoader(inTenant(scope, organizationId)).load(organizationId);
  const now = scope.clock();
  const { quote, state } = await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const read = await readPlanChange(sql, organizationId, input.plan, now);
    return { state: read, quote: await requireQuote(sql, organizationId, quoteId, read) };
  });
  // Made at Stripe with its first preview: a transaction must not wait for that.
  const priceId = state.kind === "UPGRADE" || state.kind === "TRIAL" ? await priceAtStripe(platform, state) : null;
  return inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const fresh = await readPlanChange(sql, organizationId, input.plan, now);
    const held = await requireQuote(sql, organizationId, quoteId, fresh);
    const { unfit } = await lossesNow(sql, fresh, meters);
    if (unfit.length > 0 && !input.confirmLosses && fresh.kind !== "START" && fresh.kind !== "UPGRADE")
      throw new UsageDoesNotFit(fresh.plan.terms.name, unfit);
    if (fresh.kind === "START" && fresh.customer?.paymentMethod == null) return { quote, change: null };
    if (fresh.kind === "UPGRADE" && fresh.current.pastDueSince !== null) throw await unpaidBefore(sql, organizationId);
    const change = await decidePlanChange(sql, fresh, held, priceId);
    await useQuote(sql, organizationId, quoteId, now);
    await recordAudit(sql, scope, {
      organizationId,
      action: ACTIONS[fresh.kind],
      target: fresh.plan.terms.name,
      detail: {
        from: fresh.current.plan.terms.name,
        effectiveAt: held.effectiveAt,
        dueNow: majorFromMinor(held.dueNowMinor),
        ...(unfit.length > 0 && { confirmed: unfit }),
      },
    });
    return { quote: held, change };
  });
}

async function priceAtStripe(platform: Scope["platform"], { plan }: PlanChangeState): Promise<string | null> {
  if (plan.code === "free") return null;
  try {
    return (await priceOfPlan(platform, plan.id)).priceId;
  } catch (error) {
    if (callFault(error)?.kind !== "later") throw error;
    throw new EdgeFault("UPSTREAM_UNAVAILABLE", "Stripe does not answer. Nothing was changed; try again in a moment.");
  }
}

const ACTIONS = {
  START: "plan.ordered",
  UPGRADE: "upgrade.ordered",
  DOWNGRADE: "downgrade.scheduled",
  TRIAL: "trial.changed",
} as const;

async function requireQuote(
  sql: Sql,
  organizationId: string,
  quoteId: string,
  { now, kind, plan, current }: PlanChangeState,
): Promise<PlanQuote> {
  const quote = await quoteOf(sql, organizationId, quoteId);
  if (quote === null) throw notFound("The quote");
  const stale = staleness(quote, {
    now,
    kind,
    planVersionId: plan.id,
    currentPlanVersionId: current.planVersionId,
    currentPeriodStart: current.currentPeriodStart,
  });
  if (stale !== null)
    throw new EdgeFault(
      "CONFLICT",
      `${stale}, so the quote does not hold. Nothing was charged: ask for a new preview.`,
    );
  return quote;
}

/** The refusal of who owes a renewal: that is paid first, and then the upgrade. */
async function unpaidBefore(sql: Sql, organizationId: string): Promise<PaymentFailed> {
  const [invoice] = await sql<{ hosted_url: string | null }>(
    "select hosted_url from invoices where organization_id = $1 and status = 'OPEN' order by created_at limit 1",
    [organizationId],
  );
  const url = invoice?.hosted_url ?? null;
  return new PaymentFailed("The last renewal is not paid yet. Pay it first; nothing was charged now.", url);
}

/** Makes the calls in order and takes over what came of them. */
async function apply(
  scope: Scope,
  organizationId: string,
  code: PlanCode,
  quote: PlanQuote,
  { keys, last, paid }: DecidedChange,
): Promise<void> {
  const { platform } = scope;
  for (const key of keys) await mustCarryOut(platform, organizationId, key);
  const outcome = await carryOut(platform, organizationId, last);
  if (outcome.state === "REFUSED" && paid && quote.kind === "START")
    throw await needsCard(scope, code, `${outcome.message} Nothing was charged.`);
  if (outcome.state === "REFUSED")
    throw new EdgeFault("CONFLICT", `Stripe refused: ${outcome.message} Nothing was changed; ask for a new preview.`);
  const subscriptionId = paid === "new" ? outcome.resultId : paid;
  if (subscriptionId === null) throw stripeUnknown("What came of it cannot be read yet");
  const read = await readAgain(platform, organizationId, subscriptionId);
  if (quote.kind !== "START" && quote.kind !== "UPGRADE") return;
  if (read?.latestInvoiceId != null) await checkQuote(platform, organizationId, quote, read.latestInvoiceId);
  if (read?.granted && read.planVersionId === quote.planVersionId) return;
  throw await unpaid(platform, organizationId, read?.latestInvoiceId ?? null);
}

/** The refusal after a payment that failed, with the page where the open invoice can be paid. */
async function unpaid(
  platform: Scope["platform"],
  organizationId: string,
  stripeInvoiceId: string | null,
): Promise<PaymentFailed> {
  if (stripeInvoiceId === null) return new PaymentFailed("The payment did not succeed. The plan is as it was.", null);
  const [invoice] = await inTenantTransaction(platform.pool, organizationId, (sql) =>
    sql<{ hosted_url: string | null }>(
      "select hosted_url from invoices where organization_id = $1 and stripe_id = $2",
      [organizationId, stripeInvoiceId],
    ),
  );
  const why = await declineOf(platform, stripeInvoiceId);
  return new PaymentFailed(`${why} The plan is as it was.`, invoice?.hosted_url ?? null);
}

/** The refusal of somebody whose card is missing or declined, with a page to pay on. */
async function needsCard(scope: Scope, code: PlanCode, message: string): Promise<PaymentFailed> {
  const { publicUrl } = scope.platform.config;
  const plan = new URLSearchParams({ plan: code.toUpperCase() }).toString();
  const url = await openCheckout(scope, code, `${publicUrl}/checkout/return?${plan}`, `${publicUrl}/app/billing/plan`);
  return new PaymentFailed(message, url);
}
