import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { exact, toDecimal } from "../kernel/exact.ts";
import { OrganizationType } from "../organizations/organization.type.ts";
import { sqlIn } from "../platform/database/sql.ts";
import type { Context } from "../platform/graphql/context.ts";
import { moneyFromNanos } from "../platform/graphql/money.type.ts";
import { meterUnit } from "../rating/meter.ts";
import { currentUsageLoader } from "../usage/period-usage.loader.ts";
import { MeterForecastType } from "./forecast.type.ts";
import { readForecast } from "./read-forecast.ts";

@Resolver(() => OrganizationType)
export class OrganizationForecastResolver {
  @FieldResolver(() => [MeterForecastType], {
    description: "What each meter is expected to come to by the end of the current period.",
  })
  async usageForecast(@Root() { id }: OrganizationType, @Ctx() context: Context): Promise<MeterForecastType[]> {
    const usage = await currentUsageLoader(context).load(id);
    const { status, card, currentPeriodEnd } = usage.subscription;
    const forecasts = await readForecast(sqlIn(context.em), usage, context.clock());
    return forecasts.map(({ meter, scale, used, held, allowance, outlook, why, days }) => ({
      meter,
      unit: meterUnit[meter],
      used: toDecimal(used),
      held: toDecimal(held),
      allowance: allowance?.toString() ?? null,
      limitKind: status === "TRIALING" ? "none" : card.limit,
      expected: outlook && toDecimal(exact(outlook.expected, scale)),
      reachedAt: outlook?.reachedAt ?? null,
      expectedAmount: outlook && moneyFromNanos(outlook.amount),
      reason: why,
      days,
      periodEnd: currentPeriodEnd,
    }));
  }
}
