import { defineEntity, p } from "@mikro-orm/postgresql";
import { tenantTable } from "../platform/database/policies.ts";
import type { MemberRole } from "./role.ts";

const InvitationSchema = defineEntity({
  name: "Invitation",
  tableName: "invitations",
  ...tenantTable,
  indexes: [{ properties: ["organizationId", "email"] }],
  properties: {
    organizationId: p.uuid().primary(),
    id: p.uuid().primary(),
    /** In lower case. */
    email: p.text(),
    role: p.text().$type<MemberRole>(),
    invitedBy: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    acceptedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
});

/**
 * A link by which one person may join an organization, once, within a week.
 *
 * The link's token is not stored: it is a signature of the row's key (`platform/crypto/link-token.ts`).
 */
export class Invitation extends InvitationSchema.class {}
InvitationSchema.setClass(Invitation);
export { InvitationSchema };
