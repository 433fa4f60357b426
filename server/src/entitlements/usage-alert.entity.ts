import { defineEntity, p } from "@mikro-orm/postgresql";
import { tenantTable } from "../platform/database/policies.ts";
import type { MeterCode } from "../rating/meter.ts";

/** What an alert is about: a meter's allowance, or the cap on spending. */
export type AlertSubject = MeterCode | "spending_cap";

/** That usage of a period has reached a part of an allowance or of the spending cap: once for each part. */
export const UsageAlertSchema = defineEntity({
  name: "UsageAlert",
  tableName: "usage_alerts",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    periodId: p.uuid().primary(),
    subject: p.text().primary().$type<AlertSubject>(),
    /** 50, 80 or 100. */
    percent: p.integer().primary(),
    at: p.datetime(),
    /** As it stood then, as decimals: in the meter's unit, or dollars. */
    used: p.text(),
    outOf: p.text(),
  },
});
