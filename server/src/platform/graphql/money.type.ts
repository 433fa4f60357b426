import { Field, InterfaceType, ObjectType } from "type-graphql";
import { CURRENCY, majorFromMinor, majorFromNanos } from "../../kernel/money.ts";
import type { Exact } from "../../kernel/exact.ts";
import { DecimalScalar } from "./scalars.ts";

@ObjectType("Money", { description: "An exact amount of one currency." })
export class MoneyType {
  @Field(() => DecimalScalar, { description: 'In the major unit, e.g. "0.001" dollars.' }) readonly amount!: string;
  @Field(() => String, { description: "ISO 4217." }) readonly currency!: string;
}

/** Minor units, shown with their two places. */
export const moneyFromMinor = (minor: bigint): MoneyType => ({ amount: majorFromMinor(minor), currency: CURRENCY });

/** Exact nano-units, shown with as many places as they have. */
export const moneyFromNanos = (nanos: Exact): MoneyType => ({ amount: majorFromNanos(nanos), currency: CURRENCY });

@InterfaceType("Refusal", {
  description: "A person would be shown why: each mutation's result is a union of its success and its refusals.",
})
export abstract class RefusalType {
  @Field(() => String) readonly message!: string;
}
