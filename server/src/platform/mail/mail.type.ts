import { Field, ID, ObjectType } from "type-graphql";
import { connectionType } from "../graphql/connection.ts";
import { DateTimeScalar } from "../graphql/scalars.ts";
import type { Mail } from "./mail.entity.ts";

@ObjectType("Mail", { description: "A mail that was sent, or waits in the outbox when there is no SMTP server." })
export class MailType implements Pick<Mail, "id" | "to" | "subject" | "createdAt" | "sentAt" | "error"> {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly to!: string;
  @Field(() => String) readonly subject!: string;
  @Field(() => DateTimeScalar) readonly createdAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true }) readonly sentAt!: Date | null;
  @Field(() => String, { nullable: true, description: "What the mail server said to the last try." }) readonly error!:
    | string
    | null;
}

export const MailConnectionType = connectionType("MailConnection", () => MailType);
