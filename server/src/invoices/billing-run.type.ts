import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../platform/graphql/connection.ts";
import { DateTimeScalar } from "../platform/graphql/scalars.ts";
import type { BillingRun } from "./billing-run.ts";

const BillingRunStateEnum = { RUNNING: "RUNNING", DONE: "DONE", FAILED: "FAILED" } as const;
registerEnumType(BillingRunStateEnum, {
  name: "BillingRunState",
  description: "How far a billing run has come.",
  valuesConfig: {
    RUNNING: { description: "At work, or waiting for a worker." },
    DONE: { description: "All periods are closed and charged." },
    FAILED: { description: "Some customers were left out; error says which and why. The others are done." },
  },
});

@ObjectType("BillingRun", { description: "A run that closes and charges all periods that ended by an instant." })
export class BillingRunType implements BillingRun {
  @Field(() => ID) readonly id!: string;
  @Field(() => DateTimeScalar) readonly until!: Date;
  @Field(() => BillingRunStateEnum) readonly state!: BillingRun["state"];
  @Field(() => Int, { description: "Customers with something to close when it started." }) readonly total!: number;
  @Field(() => Int, { description: "Customers that are done." }) readonly done!: number;
  @Field(() => Int, { description: "Charges it made." }) readonly charges!: number;
  @Field(() => String, { nullable: true }) readonly error!: string | null;
  @Field(() => DateTimeScalar) readonly startedAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true }) readonly finishedAt!: Date | null;
}

export const BillingRunConnectionType = connectionType("BillingRunConnection", () => BillingRunType);

@InputType("StartBillingRunInput", { description: "Which periods to close." })
export class StartBillingRunInput {
  @Field(() => DateTimeScalar, { nullable: true, description: "Those that ended by then; now when left out." })
  readonly until?: Date | null;
}
