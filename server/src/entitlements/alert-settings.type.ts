import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../platform/graphql/scalars.ts";

const AlertKindEnum = { QUOTA: "quota", SPENDING_CAP: "spending_cap" } as const;
registerEnumType(AlertKindEnum, {
  name: "AlertKind",
  description: "What alerts tell of: a part of a meter's allowance, or of the spending cap.",
});

@ObjectType("AlertSetting", { description: "Where the alerts of one part go. The portal shows them all." })
export class AlertSettingType {
  @Field(() => ID) readonly id!: string;
  @Field(() => AlertKindEnum) readonly kind!: "quota" | "spending_cap";
  @Field(() => Int, { description: "50, 80 or 100." }) readonly percent!: number;
  @Field(() => Boolean, { description: "By mail to owners and those who pay." }) readonly mail!: boolean;
  @Field(() => Boolean, { description: "To the webhook endpoints that have chosen such alerts." })
  readonly webhook!: boolean;
  @Field(() => DateTimeScalar, { nullable: true, description: "When such an alert was last raised." })
  readonly lastRaisedAt!: Date | null;
}

@ObjectType("AlertSettings", { description: "Where alerts go, by what they tell of." })
export class AlertSettingsType {
  @Field(() => ID, { description: "The organization's." }) readonly id!: string;
  @Field(() => Boolean, { description: "False while no SMTP server is set: mails wait in the outbox." })
  readonly mailIsSent!: boolean;
  @Field(() => [AlertSettingType]) readonly settings!: readonly AlertSettingType[];
}

@InputType("SetAlertSettingInput", { description: "Where the alerts of one part go from now on." })
export class SetAlertSettingInput {
  @Field(() => AlertKindEnum) readonly kind!: "quota" | "spending_cap";
  @Field(() => Int, { description: "50, 80 or 100." }) readonly percent!: number;
  @Field(() => Boolean) readonly mail!: boolean;
  @Field(() => Boolean) readonly webhook!: boolean;
}

@ObjectType("TestAlert", { description: "A mail as alerts are sent." })
export class TestAlertType {
  @Field(() => [String], { description: "Whom it was sent to." }) readonly recipients!: readonly string[];
}
