import { Field, ID, InputType, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../platform/graphql/scalars.ts";
import type { Invitation } from "./invitation.entity.ts";
import { UserRole } from "./role.ts";

@ObjectType("Invitation", {
  description: "A link by which one person may join the organization, once, within seven days.",
})
export class InvitationType implements Pick<
  Invitation,
  "id" | "email" | "role" | "expiresAt" | "createdAt" | "invitedBy"
> {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly email!: string;
  @Field(() => UserRole) readonly role!: Invitation["role"];
  @Field(() => DateTimeScalar) readonly expiresAt!: Date;
  @Field(() => DateTimeScalar) readonly createdAt!: Date;
  @Field(() => String, { description: "An e-mail, or a key's name and prefix." }) readonly invitedBy!: string;
}

@ObjectType("InvitationPreview", {
  description: "What an invitation's link stands for, as the invited person sees it.",
})
export class InvitationPreviewType {
  @Field(() => String) readonly email!: string;
  @Field(() => UserRole) readonly role!: UserRole;
  @Field(() => String) readonly organizationName!: string;
  @Field(() => String) readonly invitedBy!: string;
  @Field(() => DateTimeScalar) readonly expiresAt!: Date;
}

@InputType("InviteMemberInput", { description: "Who is invited into the viewer's organization, and as what." })
export class InviteMemberInput {
  @Field(() => String) readonly email!: string;
  @Field(() => UserRole, { description: "Not above the asker's own, and none of the staff's." })
  readonly role!: UserRole;
}

@InputType("RevokeInvitationInput", { description: "An open invitation of the viewer's organization." })
export class RevokeInvitationInput {
  @Field(() => ID) readonly id!: string;
}
