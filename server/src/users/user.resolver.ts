import { Arg, createUnionType, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import type { Organization } from "../organizations/organization.entity.ts";
import { organizationLoader } from "../organizations/organization.loader.ts";
import { OrganizationType } from "../organizations/organization.type.ts";
import { answering, byName } from "../platform/graphql/answering.ts";
import type { Context } from "../platform/graphql/context.ts";
import { notFound } from "../platform/graphql/errors.ts";
import { changeMemberRole } from "./change-member-role.ts";
import { listMembers } from "./read-people.ts";
import { permissionsOf, UserRole } from "./role.ts";
import type { User } from "./user.entity.ts";
import { memberLoader } from "./user.loader.ts";
import { LastOwner, RoleNotAllowed } from "./user.refusals.ts";
import { ChangeMemberRoleInput, LastOwnerType, RoleNotAllowedType, UserConnectionType, UserType } from "./user.type.ts";

const ChangeMemberRoleResult = createUnionType({
  name: "ChangeMemberRoleResult",
  description: "The member with the new role, or why not.",
  types: () => [UserType, RoleNotAllowedType, LastOwnerType] as const,
  resolveType: byName("User"),
});

@Resolver(() => UserType)
export class UserResolver {
  @FieldResolver(() => UserRole)
  async role(@Root() user: User, @Ctx() context: Context): Promise<UserRole> {
    return roleOf(user, context);
  }

  @FieldResolver(() => OrganizationType, { nullable: true, description: "null for staff." })
  async organization(@Root() { id }: User, @Ctx() context: Context) {
    const member = await memberLoader(context).load(id);
    return member && organizationLoader(context).load(member.organizationId);
  }

  @FieldResolver(() => [String], {
    description:
      "What the user may do, as in the roles table, e.g. usage:read, members:write. The app gates on this list only.",
  })
  async permissions(@Root() user: User, @Ctx() context: Context): Promise<string[]> {
    return [...permissionsOf(await roleOf(user, context))];
  }

  @Mutation(() => ChangeMemberRoleResult, {
    description:
      "Gives a member another role, not above the asker's own. It holds on the member's next request. Nobody raises themselves; the last owner stays one.",
  })
  changeMemberRole(@Arg("input", () => ChangeMemberRoleInput) input: ChangeMemberRoleInput, @Ctx() context: Context) {
    return answering([RoleNotAllowed, LastOwner], async () => {
      const { user, member } = await changeMemberRole(context, input);
      memberLoader(context).clear(user.id).prime(user.id, member);
      return user;
    });
  }
}

@Resolver(() => OrganizationType)
export class OrganizationMembersResolver {
  @FieldResolver(() => UserConnectionType, { description: "In the order they joined." })
  members(
    @Root() organization: Organization,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() context: Context,
  ) {
    return listMembers(context, organization.id, first, after);
  }
}

async function roleOf(user: User, context: Context): Promise<UserRole> {
  const role = user.staffRole ?? (await memberLoader(context).load(user.id))?.role;
  if (role === undefined) throw notFound("The user");
  return role;
}
