import { AlertSettingSchema } from "../entitlements/alert-setting.entity.ts";
import { DecisionCountSchema } from "../entitlements/decision-count.entity.ts";
import { UsageAlertSchema } from "../entitlements/usage-alert.entity.ts";
import { EntitlementLevelSchema, HeldUsageSchema, HoldSchema, SpendingCapSchema } from "../entitlements/hold.entity.ts";
import { AuditEntrySchema } from "../audit/audit-entry.entity.ts";
import { ApiKeySchema, ServiceKeySchema } from "../auth/api-key.entity.ts";
import { LoginSessionSchema } from "../auth/login-session.entity.ts";
import { PasswordResetSchema, PasswordSchema } from "../auth/password.entity.ts";
import { PlanVersionSchema } from "../catalog/plan-version.entity.ts";
import {
  BillingRunSchema,
  ManualChargeSchema,
  MeterRouteSchema,
  UsageChargeSchema,
} from "../invoices/charge.entity.ts";
import {
  CreditNoteSchema,
  InvoiceFileSchema,
  InvoiceLineSchema,
  InvoicePaymentSchema,
  InvoiceSchema,
  RefundSchema,
} from "../invoices/invoice.entity.ts";
import { OrganizationSchema } from "../organizations/organization.entity.ts";
import {
  CheckoutOrderSchema,
  MoneyBackClaimSchema,
  PlanChangeTurnSchema,
  PlanQuoteSchema,
} from "../payments/plan-change.entity.ts";
import {
  StripeCustomerSchema,
  StripeMeterSchema,
  StripeOwnerSchema,
  StripePriceSchema,
  StripeSubscriptionSchema,
} from "../payments/stripe-mirror.entity.ts";
import {
  AlarmSchema,
  ProofReportSchema,
  StripeInboxSchema,
  StripeLeaseSchema,
  StripeOutboxSchema,
  StripeRepairSchema,
} from "../payments/stripe-traffic.entity.ts";
import type { Entities } from "../platform/database/orm.ts";
import { MailSchema } from "../platform/mail/mail.entity.ts";
import {
  BillingPeriodSchema,
  PlanSpellSchema,
  PriceOverrideSchema,
  SubscriptionSchema,
} from "../subscriptions/subscription.entity.ts";
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
import {
  WebhookAttemptSchema,
  WebhookDeliverySchema,
  WebhookEndpointSchema,
  WebhookMessageSchema,
} from "../webhooks/webhook.entity.ts";
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
  WebhookEndpointSchema,
  WebhookMessageSchema,
  WebhookDeliverySchema,
  WebhookAttemptSchema,
  PlanVersionSchema,
  SubscriptionSchema,
  BillingPeriodSchema,
  PriceOverrideSchema,
  PlanSpellSchema,
  UsageEventSchema,
  UsageVoidSchema,
  RatingAdjustmentSchema,
  UsageTotalSchema,
  UsageDaySchema,
  RejectedUsageSchema,
  HoldSchema,
  HeldUsageSchema,
  SpendingCapSchema,
  EntitlementLevelSchema,
  UsageAlertSchema,
  AlertSettingSchema,
  DecisionCountSchema,
  UsageChargeSchema,
  ManualChargeSchema,
  MeterRouteSchema,
  BillingRunSchema,
  InvoiceSchema,
  InvoiceLineSchema,
  InvoicePaymentSchema,
  CreditNoteSchema,
  RefundSchema,
  InvoiceFileSchema,
  StripeCustomerSchema,
  StripeMeterSchema,
  StripeSubscriptionSchema,
  StripeOwnerSchema,
  StripePriceSchema,
  StripeOutboxSchema,
  StripeInboxSchema,
  StripeLeaseSchema,
  StripeRepairSchema,
  AlarmSchema,
  ProofReportSchema,
  PlanQuoteSchema,
  CheckoutOrderSchema,
  MoneyBackClaimSchema,
  PlanChangeTurnSchema,
  SandboxClockSchema,
  DemoSeedSchema,
];
