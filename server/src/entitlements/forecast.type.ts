import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { LimitKindEnum } from "../catalog/plan.type.ts";
import { MoneyType } from "../platform/graphql/money.type.ts";
import { DateTimeScalar, DecimalScalar } from "../platform/graphql/scalars.ts";
import type { NoForecast } from "./forecast.ts";

const NoForecastEnum = { TOO_EARLY: "TOO_EARLY", NOT_RUNNING: "NOT_RUNNING" } as const satisfies Record<
  NoForecast,
  NoForecast
>;
registerEnumType(NoForecastEnum, {
  name: "NoForecast",
  description: "Why nothing is expected of a meter.",
  valuesConfig: {
    TOO_EARLY: { description: "The period has fewer than three whole UTC days yet." },
    NOT_RUNNING: { description: "The subscription is paused or canceled." },
  },
});

@ObjectType("MeterForecast", {
  description:
    "What a meter is expected to come to by the end of the current period. For the rest of the period it goes by the mean of the last whole UTC days of it, at least three and at most seven, and at least by what is held; storage goes by its present level. Generations to come are split over complexities and model classes as the latest ones were.",
})
export class MeterForecastType {
  @Field(() => String) readonly meter!: string;
  @Field(() => String, { description: "generation, call, GB-month or minute." }) readonly unit!: string;
  @Field(() => DecimalScalar, { description: "So far; storage as if its level stood to the end." })
  readonly used!: string;
  @Field(() => DecimalScalar, { description: "Kept back for work that is under way." }) readonly held!: string;
  @Field(() => DecimalScalar, { nullable: true, description: "null: unlimited." }) readonly allowance!: string | null;
  @Field(() => LimitKindEnum, { description: "What happens past the allowance." }) readonly limitKind!: string;
  @Field(() => DecimalScalar, { nullable: true, description: "At the end of the period; null where none is made." })
  readonly expected!: string | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the allowance is used up at this pace; null when not before the end, or already.",
  })
  readonly reachedAt!: Date | null;
  @Field(() => MoneyType, {
    nullable: true,
    description: "What usage past the allowance is expected to cost in the whole period, exactly.",
  })
  readonly expectedAmount!: MoneyType | null;
  @Field(() => NoForecastEnum, { nullable: true, description: "Why there is no forecast; null when there is one." })
  readonly reason!: NoForecast | null;
  @Field(() => Int, { nullable: true, description: "How many days the pace is taken from; null for storage." })
  readonly days!: number | null;
  @Field(() => DateTimeScalar) readonly periodEnd!: Date;
}
