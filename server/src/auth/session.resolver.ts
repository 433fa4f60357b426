import { Arg, createUnionType, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { answering, byName } from "../platform/graphql/answering.ts";
import type { Context } from "../platform/graphql/context.ts";
import { memberLoader } from "../users/user.loader.ts";
import { EmailTaken, LastOwner, RoleNotAllowed } from "../users/user.refusals.ts";
import { EmailTakenType, LastOwnerType, RoleNotAllowedType, UserType } from "../users/user.type.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { endOtherSessions, endSession, logOut } from "./end-session.ts";
import { openSessions } from "./list-sessions.ts";
import { logIn } from "./log-in.ts";
import type { LoginSession } from "./login-session.entity.ts";
import { LinkExpired, WeakPassword, WrongCredentials } from "./password.refusals.ts";
import { removeMember } from "./remove-member.ts";
import {
  AcceptInvitationInput,
  EndSessionInput,
  LinkExpiredType,
  LogInInput,
  LoginSessionType,
  RemoveMemberInput,
  SessionType,
  WeakPasswordType,
  WrongCredentialsType,
} from "./session.type.ts";

const LogInResult = createUnionType({
  name: "LogInResult",
  description: "A session, or why not.",
  types: () => [SessionType, WrongCredentialsType] as const,
  resolveType: byName("Session"),
});

const EndSessionResult = createUnionType({
  name: "EndSessionResult",
  description: "The session that ended.",
  types: () => [LoginSessionType] as const,
  resolveType: byName("LoginSession"),
});

const AcceptInvitationResult = createUnionType({
  name: "AcceptInvitationResult",
  description: "A session of the new member, or why not.",
  types: () => [SessionType, WeakPasswordType, LinkExpiredType, EmailTakenType] as const,
  resolveType: byName("Session"),
});

const RemoveMemberResult = createUnionType({
  name: "RemoveMemberResult",
  description: "The member who is gone, or why they stay.",
  types: () => [UserType, RoleNotAllowedType, LastOwnerType] as const,
  resolveType: byName("User"),
});

@Resolver(() => LoginSessionType)
export class SessionResolver {
  @Query(() => [LoginSessionType], { description: "The viewer's own log-in sessions, newest first." })
  sessions(@Ctx() context: Context) {
    return openSessions(context);
  }

  @FieldResolver(() => Boolean, { description: "True for the session that asks." })
  current(@Root() { id }: LoginSession, @Ctx() { viewer }: Context): boolean {
    return id === viewer?.sessionId;
  }

  @Mutation(() => LogInResult, {
    description:
      "Logs a person in for 24 hours. Too many failures for one account or from one address are RATE_LIMITED for a while.",
  })
  logIn(@Arg("input", () => LogInInput) input: LogInInput, @Ctx() context: Context) {
    return answering([WrongCredentials], () => logIn(context, input));
  }

  @Mutation(() => Boolean, { description: "Ends the session that asks. True, also when there was none." })
  logOut(@Ctx() context: Context) {
    return logOut(context);
  }

  @Mutation(() => EndSessionResult, { description: "Ends one of the viewer's own sessions: its token works no more." })
  endSession(@Arg("input", () => EndSessionInput) input: EndSessionInput, @Ctx() context: Context) {
    return endSession(context, input);
  }

  @Mutation(() => Int, { description: "Ends all sessions of the viewer but the one that asks; answers how many." })
  endOtherSessions(@Ctx() context: Context) {
    return endOtherSessions(context);
  }
}

@Resolver()
export class MembershipResolver {
  @Mutation(() => AcceptInvitationResult, {
    description: "Makes the invited person a member, with a password of their own, and logs them in. Public.",
  })
  acceptInvitation(@Arg("input", () => AcceptInvitationInput) input: AcceptInvitationInput, @Ctx() context: Context) {
    return answering([WeakPassword, LinkExpired, EmailTaken], () => acceptInvitation(context, input));
  }

  @Mutation(() => RemoveMemberResult, {
    description:
      "Removes a member and their log-in at once, all sessions with it. Keys they made stay. The last owner stays.",
  })
  removeMember(@Arg("input", () => RemoveMemberInput) input: RemoveMemberInput, @Ctx() context: Context) {
    return answering([RoleNotAllowed, LastOwner], async () => {
      const { user, member } = await removeMember(context, input);
      // The answer still tells who it was and what they were.
      memberLoader(context).clear(user.id).prime(user.id, member);
      return user;
    });
  }
}
