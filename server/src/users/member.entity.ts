import { defineEntity, p } from "@mikro-orm/postgresql";
import { tenantTable } from "../platform/database/policies.ts";
import type { MemberRole } from "./role.ts";

const MemberSchema = defineEntity({
  name: "Member",
  tableName: "members",
  ...tenantTable,
  // A log-in asks for the organization of a user before any tenant is known.
  indexes: [{ properties: ["userId"] }],
  properties: {
    organizationId: p.uuid().primary(),
    userId: p.uuid().primary(),
    role: p.text().$type<MemberRole>(),
    joinedAt: p.datetime(),
  },
});

/** A user's place in an organization. */
export class Member extends MemberSchema.class {}
MemberSchema.setClass(Member);
export { MemberSchema };
