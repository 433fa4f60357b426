import { Field, InputType, ObjectType } from "type-graphql";
import { connectionType } from "../../platform/graphql/connection.ts";
import { DateTimeScalar, JsonScalar } from "../../platform/graphql/scalars.ts";

@ObjectType("Alarm", { description: "What staff must look at. The same matter is one alarm until it is cleared." })
export class AlarmType {
  @Field(() => String) readonly key!: string;
  @Field(() => String, {
    description: "invoice-held, drift, webhook-failed, call-refused, proof, quarantine, dispute, quote or money-back.",
  })
  readonly kind!: string;
  @Field(() => String) readonly message!: string;
  @Field(() => JsonScalar, { description: "Its fields depend on the kind." }) readonly detail!: unknown;
  @Field(() => DateTimeScalar) readonly raisedAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "null while it is open." })
  readonly clearedAt!: Date | null;
}

export const AlarmConnectionType = connectionType("AlarmConnection", () => AlarmType);

@InputType("ClearAlarmInput", { description: "The alarm that was seen to." })
export class ClearAlarmInput {
  @Field(() => String) readonly key!: string;
  @Field(() => String, { description: "What was done about it, for the audit log: 1 to 500 characters." })
  readonly note!: string;
}
