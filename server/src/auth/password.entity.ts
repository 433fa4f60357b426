import { defineEntity, p } from "@mikro-orm/postgresql";
import { platformTable } from "../platform/database/policies.ts";

const PasswordSchema = defineEntity({
  name: "Password",
  tableName: "passwords",
  ...platformTable,
  properties: {
    userId: p.uuid().primary(),
    /** Argon2id, with its parameters and salt. */
    hash: p.text(),
    changedAt: p.datetime(),
  },
});

/** How a user proves who they are. A table of its own, so that no other read of users carries it along. */
export class Password extends PasswordSchema.class {}
PasswordSchema.setClass(Password);

const PasswordResetSchema = defineEntity({
  name: "PasswordReset",
  tableName: "password_resets",
  ...platformTable,
  indexes: [{ properties: ["tokenHash"] }, { properties: ["userId"] }],
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    tokenHash: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});

/** A mailed link that sets a new password: once, within an hour. */
export class PasswordReset extends PasswordResetSchema.class {}
PasswordResetSchema.setClass(PasswordReset);
export { PasswordSchema, PasswordResetSchema };
