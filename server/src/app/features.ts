import type { Feature } from "../platform/feature.ts";
import { feature as audit } from "../audit/feature.ts";
import { feature as auth } from "../auth/feature.ts";
import { feature as catalog } from "../catalog/feature.ts";
import { feature as entitlements } from "../entitlements/feature.ts";
import { feature as invoices } from "../invoices/feature.ts";
import { feature as organizations } from "../organizations/feature.ts";
import { feature as subscriptions } from "../subscriptions/feature.ts";
import { feature as usage } from "../usage/feature.ts";
import { feature as users } from "../users/feature.ts";
import { feature as payments } from "../payments/feature.ts";
import { feature as webhooks } from "../webhooks/feature.ts";
import { feature as platformGraphql } from "../platform/graphql/feature.ts";
import { feature as platformMail } from "../platform/mail/feature.ts";
import { feature as sandbox } from "./sandbox-clock.feature.ts";

/** All features, in the order of a customer's life. */
export const features: readonly Feature[] = [
  platformGraphql,
  platformMail,
  audit,
  organizations,
  users,
  auth,
  webhooks,
  catalog,
  subscriptions,
  usage,
  entitlements,
  invoices,
  payments,
  sandbox,
];
