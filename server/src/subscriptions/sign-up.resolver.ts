import { Arg, createUnionType, Ctx, Field, InputType, Mutation, Resolver } from "type-graphql";
import { WeakPassword } from "../auth/password.refusals.ts";
import { SessionType, WeakPasswordType } from "../auth/session.type.ts";
import { answering, byName } from "../platform/graphql/answering.ts";
import type { Context } from "../platform/graphql/context.ts";
import { EmailTaken } from "../users/user.refusals.ts";
import { EmailTakenType } from "../users/user.type.ts";
import { signUp } from "./sign-up.ts";

@InputType("SignUpInput", { description: "A new organization and its owner." })
class SignUpInput {
  @Field(() => String) readonly email!: string;
  @Field(() => String, { description: "10 to 200 characters, not easily guessed." }) readonly password!: string;
  @Field(() => String, { description: "1 to 100 characters." }) readonly organizationName!: string;
}

const SignUpResult = createUnionType({
  name: "SignUpResult",
  description: "A session of the new owner, or why not.",
  types: () => [SessionType, EmailTakenType, WeakPasswordType] as const,
  resolveType: byName("Session"),
});

@Resolver()
export class SignUpResolver {
  @Mutation(() => SignUpResult, {
    description: "Makes an organization with its owner and a Free subscription, and logs the owner in. Public.",
  })
  signUp(@Arg("input", () => SignUpInput) input: SignUpInput, @Ctx() context: Context) {
    return answering([EmailTaken, WeakPassword], () => signUp(context, input));
  }
}
