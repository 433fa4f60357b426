import { defineEntity, p } from "@mikro-orm/postgresql";
import { SESSION_ORGANIZATION, STAFF_ROLE, TENANT_ROLE } from "../platform/database/policies.ts";
import type { StaffRole } from "./role.ts";

const UserSchema = defineEntity({
  name: "User",
  tableName: "users",
  rowLevelSecurity: "force",
  policies: [
    {
      name: "tenant_reads_members",
      roles: [TENANT_ROLE],
      command: "select",
      using: `exists (select from members where members.user_id = users.id and members.organization_id = ${SESSION_ORGANIZATION})`,
    },
    { name: "staff_access", roles: [STAFF_ROLE], using: "true", check: "true" },
  ],
  properties: {
    id: p.uuid().primary(),
    /** In lower case. */
    email: p.text().unique(),
    staffRole: p.text().$type<StaffRole>().nullable(),
    createdAt: p.datetime(),
    lastSeenAt: p.datetime().nullable(),
  },
});

/**
 * A person who can log in: a member of exactly one organization, or staff of none.
 *
 * An organization sees the people who are its members; who leaves it is deleted, so that the
 * e-mail is free for another sign-up or invitation.
 */
export class User extends UserSchema.class {}
UserSchema.setClass(User);
export { UserSchema };
