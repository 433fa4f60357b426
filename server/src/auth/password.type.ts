import { Field, InputType, ObjectType } from "type-graphql";

@InputType("ChangePasswordInput", { description: "The viewer's password, and the one in its place." })
export class ChangePasswordInput {
  @Field(() => String) readonly currentPassword!: string;
  @Field(() => String, { description: "10 to 200 characters, not easily guessed." }) readonly newPassword!: string;
}

@InputType("RequestPasswordResetInput", { description: "Whose password was forgotten." })
export class RequestPasswordResetInput {
  @Field(() => String) readonly email!: string;
}

@ObjectType("RequestPasswordResetPayload", { description: "The same for known and unknown addresses." })
export class RequestPasswordResetPayloadType {
  @Field(() => String) readonly message!: string;
}

@InputType("ResetPasswordInput", { description: "The token of a mailed link, and the new password." })
export class ResetPasswordInput {
  @Field(() => String) readonly token!: string;
  @Field(() => String, { description: "10 to 200 characters, not easily guessed." }) readonly newPassword!: string;
}
