import { AuditEntrySchema } from "../audit/audit-entry.entity.ts";
import { ApiKeySchema, ServiceKeySchema } from "../auth/api-key.entity.ts";
import { LoginSessionSchema } from "../auth/login-session.entity.ts";
import { PasswordResetSchema, PasswordSchema } from "../auth/password.entity.ts";
import { OrganizationSchema } from "../organizations/organization.entity.ts";
import type { Entities } from "../platform/database/orm.ts";
import { MailSchema } from "../platform/mail/mail.entity.ts";
import { InvitationSchema } from "../users/invitation.entity.ts";
import { MemberSchema } from "../users/member.entity.ts";
import { UserSchema } from "../users/user.entity.ts";

/** Every table of the product. */
export const entities: Entities = [
  MailSchema,
  OrganizationSchema,
  AuditEntrySchema,
  MemberSchema,
  UserSchema,
  InvitationSchema,
  PasswordSchema,
  PasswordResetSchema,
  LoginSessionSchema,
  ApiKeySchema,
  ServiceKeySchema,
];
