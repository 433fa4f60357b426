import { Field, ID, InputType, ObjectType } from "type-graphql";
import { RefusalType } from "../platform/graphql/money.type.ts";
import { DateTimeScalar } from "../platform/graphql/scalars.ts";
import { UserType } from "../users/user.type.ts";
import type { LoginSession } from "./login-session.entity.ts";

@ObjectType("Session", {
  description:
    "A log-in that has just succeeded. token: a JWT, HS256, 24 h, for the Authorization header; browsers get it as an HttpOnly cookie too.",
})
export class SessionType {
  @Field(() => String) readonly token!: string;
  @Field(() => DateTimeScalar) readonly expiresAt!: Date;
  @Field(() => UserType) readonly user!: UserType;
}

@ObjectType("LoginSession", { description: "A place where the viewer is logged in." })
export class LoginSessionType implements Pick<
  LoginSession,
  "id" | "createdAt" | "lastSeenAt" | "expiresAt" | "ipAddress" | "userAgent"
> {
  @Field(() => ID) readonly id!: string;
  @Field(() => DateTimeScalar) readonly createdAt!: Date;
  @Field(() => DateTimeScalar, { description: "To the minute." }) readonly lastSeenAt!: Date;
  @Field(() => DateTimeScalar) readonly expiresAt!: Date;
  @Field(() => String, { nullable: true, description: "Where it was seen last." }) readonly ipAddress!: string | null;
  @Field(() => String, { nullable: true }) readonly userAgent!: string | null;
}

@InputType("LogInInput", { description: "Who logs in." })
export class LogInInput {
  @Field(() => String) readonly email!: string;
  @Field(() => String) readonly password!: string;
}

@InputType("EndSessionInput", { description: "One of the viewer's own sessions." })
export class EndSessionInput {
  @Field(() => ID) readonly id!: string;
}

@InputType("AcceptInvitationInput", {
  description: "The token of an invitation's link, and the password to log in with from now on.",
})
export class AcceptInvitationInput {
  @Field(() => String) readonly token!: string;
  @Field(() => String, { description: "10 to 200 characters, not easily guessed." }) readonly password!: string;
}

@InputType("RemoveMemberInput", { description: "A member of the viewer's organization." })
export class RemoveMemberInput {
  @Field(() => ID) readonly userId!: string;
}

@ObjectType("WrongCredentials", {
  implements: RefusalType,
  description: "The password is not right, or nobody has the e-mail: it is not said which.",
})
export class WrongCredentialsType extends RefusalType {}

@ObjectType("WeakPassword", {
  implements: RefusalType,
  description: "The password would be guessed; the message says what would be right.",
})
export class WeakPasswordType extends RefusalType {}

@ObjectType("LinkExpired", { implements: RefusalType, description: "The link was used, taken back, or is too old." })
export class LinkExpiredType extends RefusalType {}
