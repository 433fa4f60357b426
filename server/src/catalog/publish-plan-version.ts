import { recordAudit } from "../audit/record-audit.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { enqueue } from "../platform/jobs/enqueue.ts";
import { newId } from "../platform/id.ts";
import { asPlatform, type Scope } from "../platform/scope.ts";
import { type MeterCode, meterCodes } from "../rating/meter.ts";
import { limitKinds } from "../rating/rate-card.ts";
import type { PublishPlanVersionInput } from "./plan.input.ts";
import { InvalidCatalog } from "./plan.refusals.ts";
import { type MeterTerms, monthlyMinorOf, type PlanTerms, rateCardOf } from "./plan-terms.ts";
import { meterOf, priceKeyFromInput, priceTermsFrom } from "./price-from-input.ts";
import { currentPlan, type PublishedPlan } from "./read-catalog.ts";

/**
 * Publishes the next version of a plan: new subscriptions get it, present ones keep theirs.
 *
 * @throws InvalidCatalog — nothing is published
 */
export async function publishPlanVersion(scope: Scope, input: PublishPlanVersionInput): Promise<PublishedPlan> {
  return asPlatform(scope).em.transactional(async (em) => {
    const sql = sqlIn(em);
    // Two publishers at once would pick the same number: the second waits for the first.
    await sql("select pg_advisory_xact_lock(hashtext('publish plan version'))");
    const before = await currentPlan(sql, input.code);
    const terms = termsFrom(input, before.terms.premiumModels);
    await sql(
      `insert into plan_versions (id, code, number, terms, published_at, published_by) values ($1, $2, $3, $4::jsonb, $5, $6)`,
      [newId(), input.code, before.number + 1, JSON.stringify(terms), scope.clock(), scope.viewer?.label ?? "platform"],
    );
    await recordAudit(em, scope, {
      action: "plan.published",
      target: `${input.code} version ${before.number + 1}`,
      organizationId: null,
      detail: { before: before.terms, after: terms },
    });
    const published = await currentPlan(sql, input.code);
    await enqueue(sql, PRICE_PLAN_JOB, { planVersionId: published.id });
    return published;
  });
}

/** The job, worked by payments, that makes the price of a plan version at Stripe. */
export const PRICE_PLAN_JOB = "payments.price-plan";

/** The terms that the input stands for, checked as a whole. @throws InvalidCatalog */
function termsFrom(input: PublishPlanVersionInput, premiumModels: readonly string[]): PlanTerms {
  const name = input.name.trim();
  if (name === "" || name.length > 60) throw new InvalidCatalog("A plan's name must have from 1 to 60 characters.");
  if (!limitKinds.includes(input.limitKind)) throw new InvalidCatalog("There is no such limit.");
  for (const { action, perMinute } of input.rateLimits) {
    if (!["api_calls", "generations"].includes(action) || perMinute < 1)
      throw new InvalidCatalog(
        `The rate limit of ${action} must be for api_calls or generations and at least 1 a minute.`,
      );
  }
  const meters = Object.fromEntries(meterCodes.map((code) => [code, meterTermsFrom(code, input)])) as Record<
    MeterCode,
    MeterTerms
  >;
  const terms: PlanTerms = {
    name,
    monthly: input.monthlyPrice,
    monthlyIsMinimum: input.monthlyPriceIsMinimum ?? false,
    limit: input.limitKind,
    support: input.support,
    meters,
    premiumModels,
    entitlements: input.entitlements.map(({ key, enabled, limit, value }) => ({
      key,
      enabled: enabled ?? true,
      limit: limit ?? null,
      value: value ?? null,
    })),
    ratePerMinute: Object.fromEntries(input.rateLimits.map(({ action, perMinute }) => [action, perMinute])),
  };
  try {
    rateCardOf(terms);
    monthlyMinorOf(terms);
  } catch (error) {
    if (error instanceof RangeError) throw new InvalidCatalog(error.message);
    throw error;
  }
  return terms;
}

function meterTermsFrom(code: MeterCode, input: PublishPlanVersionInput): MeterTerms {
  const allowances = input.included.filter(({ meter }) => meterOf(meter) === code);
  const allowance = allowances[0];
  if (!allowance || allowances.length > 1)
    throw new InvalidCatalog(`included needs exactly one entry for ${code}; leave its quantity out for unlimited.`);
  const prices = input.prices.filter(({ meter }) => meterOf(meter) === code);
  const keys = prices.map((price) => priceKeyFromInput(code, price));
  if (new Set(keys).size !== keys.length)
    throw new InvalidCatalog(`The meter ${code} has two prices for the same use.`);
  return {
    included: allowance.quantity ?? null,
    prices: Object.fromEntries(prices.map((price, index) => [keys[index] ?? "all", priceTermsFrom(price)])),
    premiumMultiplier: prices.find(({ premiumMultiplier }) => premiumMultiplier)?.premiumMultiplier ?? "1",
  };
}
