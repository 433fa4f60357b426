import { Arg, createUnionType, Ctx, Mutation, Resolver } from "type-graphql";
import { answering, byName } from "../platform/graphql/answering.ts";
import type { Context } from "../platform/graphql/context.ts";
import { UserType } from "../users/user.type.ts";
import { changePassword } from "./change-password.ts";
import { LinkExpired, WeakPassword, WrongCredentials } from "./password.refusals.ts";
import {
  ChangePasswordInput,
  RequestPasswordResetInput,
  RequestPasswordResetPayloadType,
  ResetPasswordInput,
} from "./password.type.ts";
import { requestPasswordReset } from "./request-password-reset.ts";
import { resetPassword } from "./reset-password.ts";
import { LinkExpiredType, SessionType, WeakPasswordType, WrongCredentialsType } from "./session.type.ts";

const ChangePasswordResult = createUnionType({
  name: "ChangePasswordResult",
  description: "The user with the new password, or why not.",
  types: () => [UserType, WrongCredentialsType, WeakPasswordType] as const,
  resolveType: byName("User"),
});

const ResetPasswordResult = createUnionType({
  name: "ResetPasswordResult",
  description: "A session, or why not.",
  types: () => [SessionType, WeakPasswordType, LinkExpiredType] as const,
  resolveType: byName("Session"),
});

@Resolver()
export class PasswordResolver {
  @Mutation(() => ChangePasswordResult, {
    description: "Gives the viewer another password and ends their other sessions.",
  })
  changePassword(@Arg("input", () => ChangePasswordInput) input: ChangePasswordInput, @Ctx() context: Context) {
    return answering([WrongCredentials, WeakPassword], () => changePassword(context, input));
  }

  @Mutation(() => RequestPasswordResetPayloadType, {
    description:
      "Mails a link to choose a new password, if the address has a log-in. The link works once, for an hour. Public.",
  })
  requestPasswordReset(
    @Arg("input", () => RequestPasswordResetInput) input: RequestPasswordResetInput,
    @Ctx() context: Context,
  ) {
    return requestPasswordReset(context, input);
  }

  @Mutation(() => ResetPasswordResult, {
    description: "Sets a new password by a mailed link, ends all of the user's sessions, and logs them in. Public.",
  })
  resetPassword(@Arg("input", () => ResetPasswordInput) input: ResetPasswordInput, @Ctx() context: Context) {
    return answering([WeakPassword, LinkExpired], () => resetPassword(context, input));
  }
}
