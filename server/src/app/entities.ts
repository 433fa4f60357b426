import { AuditEntrySchema } from "../audit/audit-entry.entity.ts";
import { ApiKeySchema, ServiceKeySchema } from "../auth/api-key.entity.ts";
import { LoginSessionSchema } from "../auth/login-session.entity.ts";
import { PasswordResetSchema, PasswordSchema } from "../auth/password.entity.ts";
import { PlanVersionSchema } from "../catalog/plan-version.entity.ts";
import { OrganizationSchema } from "../organizations/organization.entity.ts";
import type { Entities } from "../platform/database/orm.ts";
import { MailSchema } from "../platform/mail/mail.entity.ts";
import { BillingPeriodSchema, PriceOverrideSchema, SubscriptionSchema } from "../subscriptions/subscription.entity.ts";
import {
  RatingAdjustmentSchema,
  RejectedUsageSchema,
  UsageDaySchema,
  UsageEventSchema,
  UsageTotalSchema,
  UsageVoidSchema,
} from "../usage/usage.entity.ts";
import { InvitationSchema } from "../users/invitation.entity.ts";
import { MemberSchema } from "../users/member.entity.ts";
import { UserSchema } from "../users/user.entity.ts";
import { DemoSeedSchema, SandboxClockSchema } from "./app.entity.ts";

/** Every table of the product. A test says that it holds those of all features. */
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
  PlanVersionSchema,
  SubscriptionSchema,
  BillingPeriodSchema,
  PriceOverrideSchema,
  UsageEventSchema,
  UsageVoidSchema,
  RatingAdjustmentSchema,
  UsageTotalSchema,
  UsageDaySchema,
  RejectedUsageSchema,
  SandboxClockSchema,
  DemoSeedSchema,
];
