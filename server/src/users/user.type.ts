import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../platform/graphql/connection.ts";
import { RefusalType } from "../platform/graphql/money.type.ts";
import { DateTimeScalar } from "../platform/graphql/scalars.ts";
import { UserRole } from "./role.ts";
import type { User } from "./user.entity.ts";

registerEnumType(UserRole, {
  name: "UserRole",
  description: "What a person is to an organization, or to QLP.",
  valuesConfig: {
    PLATFORM_ADMIN: { description: "QLP's staff: everything." },
    FINANCE: { description: "QLP's staff: revenue, invoices, refunds, catalog." },
    SUPPORT: { description: "QLP's staff: tickets; reads customers, changes nothing about money." },
    OWNER: { description: "Everything in their organization. Each organization keeps at least one." },
    ADMIN: { description: "Manages members and keys; sees plan and invoices, and does not change them." },
    BILLING: { description: "Changes plan, payment and caps." },
    MEMBER: { description: "Sees usage and quotas." },
  },
});

@ObjectType("User", { description: "A person: a member of one organization, or QLP's staff." })
export class UserType implements Pick<User, "id" | "email" | "createdAt" | "lastSeenAt"> {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly email!: string;
  @Field(() => DateTimeScalar) readonly createdAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "To the minute." }) readonly lastSeenAt!: Date | null;
}

export const UserConnectionType = connectionType("UserConnection", () => UserType);

@InputType("ChangeMemberRoleInput", { description: "A member of the viewer's organization gets another role." })
export class ChangeMemberRoleInput {
  @Field(() => ID) readonly userId!: string;
  @Field(() => UserRole) readonly role!: UserRole;
}

@ObjectType("EmailTaken", { implements: RefusalType, description: "Somebody has a log-in with this e-mail already." })
export class EmailTakenType extends RefusalType {}

@ObjectType("RoleNotAllowed", { implements: RefusalType, description: "The role is above the asker's own." })
export class RoleNotAllowedType extends RefusalType {}

@ObjectType("LastOwner", { implements: RefusalType, description: "The organization would be left without an owner." })
export class LastOwnerType extends RefusalType {}
