import { defineEntity, p } from "@mikro-orm/postgresql";
import { STAFF_ROLE, TENANT_ROLE } from "../database/policies.ts";

const MailSchema = defineEntity({
  name: "Mail",
  tableName: "mails",
  rowLevelSecurity: "force",
  // A tenant's use case drops its mail in; only staff and the platform look into the box.
  policies: [
    { name: "tenant_posts", roles: [TENANT_ROLE], command: "insert", check: "true" },
    { name: "staff_access", roles: [STAFF_ROLE], using: "true", check: "true" },
  ],
  properties: {
    id: p.uuid().primary(),
    to: p.text(),
    subject: p.text(),
    text: p.text(),
    createdAt: p.datetime(),
    sentAt: p.datetime().nullable(),
    error: p.text().nullable(),
  },
});

/** A mail that is sent, or waits: written in the transaction that caused it. */
export class Mail extends MailSchema.class {}
MailSchema.setClass(Mail);
export { MailSchema };
