import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { connectionType } from "../../platform/graphql/connection.ts";
import { DateTimeScalar } from "../../platform/graphql/scalars.ts";
import type { ProofDifference } from "../stripe-traffic.entity.ts";

@ObjectType("ProofCount", { description: "How many objects a rule was held against." })
export class ProofCountType {
  @Field(() => String) readonly rule!: string;
  @Field(() => Int) readonly count!: number;
}

@ObjectType("ProofDifference", { description: "Where two sides do not agree. Amounts are whole minor units." })
class ProofDifferenceType implements ProofDifference {
  @Field(() => String, { description: "The rule that does not hold." }) readonly rule!: string;
  @Field(() => ID, { nullable: true }) readonly organizationId!: string | null;
  @Field(() => String, { description: "What it is about: an id, ours or Stripe's." }) readonly object!: string;
  @Field(() => String) readonly field!: string;
  @Field(() => String, { nullable: true, description: "null: we have no such thing." }) readonly ours!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The other side: Stripe's, or what it must be. null: it has none.",
  })
  readonly stripes!: string | null;
}

@ObjectType("ProofReport", {
  description:
    "One comparison of events, ledger, invoices and Stripe, to the cent. It is made each night, and when it is asked for.",
})
export class ProofReportType {
  @Field(() => ID) readonly id!: string;
  @Field(() => DateTimeScalar) readonly startedAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "null while it runs." })
  readonly finishedAt!: Date | null;
  @Field(() => Boolean, { nullable: true, description: "True when everything agrees; null while it runs." })
  readonly clean!: boolean | null;
  @Field(() => [ProofCountType]) readonly checked!: ProofCountType[];
  @Field(() => Int) readonly differenceCount!: number;
  @Field(() => [ProofDifferenceType], { description: "The first 1,000." })
  readonly differences!: readonly ProofDifference[];
  @Field(() => String, { nullable: true, description: "Why it could not be finished." }) readonly error!: string | null;
}

export const ProofReportConnectionType = connectionType("ProofReportConnection", () => ProofReportType);

@ObjectType("BillingHealth", { description: "Whether the billing runs as it should." })
export class BillingHealthType {
  @Field(() => Int, { description: "Drafts that wait because they and the ledger differ." })
  readonly heldInvoices!: number;
  @Field(() => Int) readonly openAlarms!: number;
  @Field(() => Int, { description: "Webhook events that were given up." }) readonly failedEvents!: number;
  @Field(() => Int, { description: "Calls to Stripe that are decided and not made." }) readonly pendingCalls!: number;
  @Field(() => Float, { nullable: true, description: "Age of the oldest of them in seconds; null when there is none." })
  readonly oldestPendingSeconds!: number | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When Stripe's events were last looked through for missed ones.",
  })
  readonly lastRepairAt!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When the last proof was finished." })
  readonly lastProofAt!: Date | null;
  @Field(() => Boolean, { description: "True without a Stripe key: a stand-in on this machine plays Stripe." })
  readonly standIn!: boolean;
}
