import { exact } from "../kernel/exact.ts";
import { moneyFromMinor, moneyFromNanos } from "../platform/graphql/money.type.ts";
import { meterCodes, meterUnit, type MeterCode } from "../rating/meter.ts";
import { firstUnitNanos, type PriceModel } from "../rating/price-model.ts";
import { type PriceKey, priceKeys } from "../rating/rate-card.ts";
import type { MeterPriceType, PlanType, PlanVersionType } from "./plan.type.ts";
import { monthlyMinorOf } from "./plan-terms.ts";
import type { PublishedPlan } from "./read-catalog.ts";

const views = new WeakMap<PublishedPlan, PlanType>();

/** A published plan as the API shows it: made once, since it never changes. */
export function planView(plan: PublishedPlan): PlanType {
  const known = views.get(plan);
  if (known) return known;
  const made = viewOf(plan);
  views.set(plan, made);
  return made;
}

function viewOf(plan: PublishedPlan): PlanType {
  const { terms, card } = plan;
  return {
    code: plan.code,
    name: terms.name,
    version: plan.number,
    monthlyPrice: moneyFromMinor(monthlyMinorOf(terms)),
    monthlyPriceIsMinimum: terms.monthlyIsMinimum,
    limitKind: terms.limit,
    support: terms.support,
    included: meterCodes.map((meter) => ({ meter, quantity: terms.meters[meter].included })),
    prices: meterCodes.flatMap((meter) =>
      priceKeys.flatMap((key) => {
        const model = card.meters[meter].prices[key];
        return model ? [priceView(meter, key, model, terms.meters[meter].premiumMultiplier)] : [];
      }),
    ),
    entitlements: terms.entitlements.map((entitlement) => ({ ...entitlement })),
    rateLimits: Object.entries(terms.ratePerMinute).map(([action, perMinute]) => ({ action, perMinute })),
  };
}

export function priceView(
  meter: MeterCode,
  key: PriceKey,
  model: PriceModel,
  premiumMultiplier: string,
): MeterPriceType {
  return {
    meter,
    complexity: key === "all" ? null : key,
    unitPrice: moneyFromNanos(exact(firstUnitNanos(model))),
    model: model.kind,
    tiers:
      model.kind === "graduated" || model.kind === "volume"
        ? model.tiers.map(({ upTo, unitNanos }) => ({
            upTo: upTo?.toString() ?? null,
            unitPrice: moneyFromNanos(exact(unitNanos)),
          }))
        : [],
    packageSize: model.kind === "package" ? model.size.toString() : null,
    premiumMultiplier,
    unit: meterUnit[meter],
  };
}

export const planVersionView = (plan: PublishedPlan): PlanVersionType => ({
  id: plan.id,
  number: plan.number,
  plan: planView(plan),
  publishedAt: plan.publishedAt,
});
