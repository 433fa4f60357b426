import { defineEntity, p } from "@mikro-orm/postgresql";
import { platformTable } from "../platform/database/policies.ts";

const LoginSessionSchema = defineEntity({
  name: "LoginSession",
  tableName: "sessions",
  ...platformTable,
  indexes: [{ properties: ["userId"] }, { properties: ["expiresAt"] }],
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    organizationId: p.uuid().nullable(),
    createdAt: p.datetime(),
    lastSeenAt: p.datetime(),
    expiresAt: p.datetime(),
    endedAt: p.datetime().nullable(),
    ipAddress: p.text().nullable(),
    userAgent: p.text().nullable(),
  },
});

/** One log-in of one person. A token is worth nothing once its session has ended; times are real ones. */
export class LoginSession extends LoginSessionSchema.class {}
LoginSessionSchema.setClass(LoginSession);
export { LoginSessionSchema };
