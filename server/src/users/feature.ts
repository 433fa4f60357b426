import { allow } from "graphql-shield";
import type { Feature } from "../platform/feature.ts";
import { may } from "../platform/graphql/may.ts";
import { InvitationSchema } from "./invitation.entity.ts";
import { InvitationResolver, OrganizationInvitationsResolver } from "./invitation.resolver.ts";
import { MemberSchema } from "./member.entity.ts";
import { UserSchema } from "./user.entity.ts";
import { OrganizationMembersResolver, UserResolver } from "./user.resolver.ts";

/** People, their roles, and how they come into an organization. */
export const feature: Feature = {
  entities: [MemberSchema, UserSchema, InvitationSchema],
  resolvers: [UserResolver, OrganizationMembersResolver, InvitationResolver, OrganizationInvitationsResolver],
  permissions: {
    Query: { invitation: allow },
    Mutation: {
      inviteMember: may("members:write"),
      revokeInvitation: may("members:write"),
      changeMemberRole: may("members:write"),
    },
    Organization: { members: may("members:read", "staff:read"), invitations: may("members:read", "staff:read") },
    User: allow,
    UserConnection: allow,
    Invitation: allow,
    InvitationPreview: allow,
    EmailTaken: allow,
    RoleNotAllowed: allow,
    LastOwner: allow,
  },
};
