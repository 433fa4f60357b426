import { Arg, createUnionType, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Organization } from "../organizations/organization.entity.ts";
import { OrganizationType } from "../organizations/organization.type.ts";
import { answering, byName } from "../platform/graphql/answering.ts";
import type { Context } from "../platform/graphql/context.ts";
import { visibleLink } from "./invitation-link.ts";
import type { Invitation } from "./invitation.entity.ts";
import { InvitationPreviewType, InvitationType, InviteMemberInput, RevokeInvitationInput } from "./invitation.type.ts";
import { inviteMember } from "./invite-member.ts";
import { openInvitations, previewInvitation } from "./read-people.ts";
import { revokeInvitation } from "./revoke-invitation.ts";
import { EmailTaken, RoleNotAllowed } from "./user.refusals.ts";
import { EmailTakenType, RoleNotAllowedType } from "./user.type.ts";

const InviteMemberResult = createUnionType({
  name: "InviteMemberResult",
  description: "The open invitation with its link, or why not.",
  types: () => [InvitationType, EmailTakenType, RoleNotAllowedType] as const,
  resolveType: byName("Invitation"),
});

const RevokeInvitationResult = createUnionType({
  name: "RevokeInvitationResult",
  description: "The invitation, whose link works no more.",
  types: () => [InvitationType] as const,
  resolveType: byName("Invitation"),
});

@Resolver(() => InvitationType)
export class InvitationResolver {
  @FieldResolver(() => String, {
    description:
      "What the invited person opens to choose a password; also mailed to them. Without its token for viewers who may not give the role.",
  })
  link(@Root() invitation: Invitation, @Ctx() { platform, viewer }: Context): string {
    return visibleLink(platform.config, invitation, viewer);
  }

  @Query(() => InvitationPreviewType, {
    nullable: true,
    description: "Public: what an invitation's link stands for; null when it is unknown, used or expired.",
  })
  invitation(@Arg("token", () => String) token: string, @Ctx() context: Context) {
    return previewInvitation(context, token);
  }

  @Mutation(() => InviteMemberResult, {
    description:
      "Invites a person by a link, valid once and for seven days, which is also mailed to them. An earlier link to the same person stops working.",
  })
  inviteMember(@Arg("input", () => InviteMemberInput) input: InviteMemberInput, @Ctx() context: Context) {
    return answering([EmailTaken, RoleNotAllowed], () => inviteMember(context, input));
  }

  @Mutation(() => RevokeInvitationResult, {
    description: "Takes an open invitation back: its link stops working at once.",
  })
  revokeInvitation(@Arg("input", () => RevokeInvitationInput) input: RevokeInvitationInput, @Ctx() context: Context) {
    return revokeInvitation(context, input);
  }
}

@Resolver(() => OrganizationType)
export class OrganizationInvitationsResolver {
  @FieldResolver(() => [InvitationType], { description: "Invitations that are still open, newest first." })
  invitations(@Root() organization: Organization, @Ctx() context: Context) {
    return openInvitations(context, organization.id);
  }
}
