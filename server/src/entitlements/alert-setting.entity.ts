import { defineEntity, p } from "@mikro-orm/postgresql";
import { tenantTable } from "../platform/database/policies.ts";

/** What a setting is about: every meter's allowance, or the cap on spending. */
export const alertKinds = ["quota", "spending_cap"] as const;
export type AlertKind = (typeof alertKinds)[number];

/** Where the alerts of one part go besides the portal. Those without a row go everywhere. */
export const AlertSettingSchema = defineEntity({
  name: "AlertSetting",
  tableName: "alert_settings",
  ...tenantTable,
  properties: {
    organizationId: p.uuid().primary(),
    kind: p.text().primary().$type<AlertKind>(),
    /** 50, 80 or 100. */
    percent: p.integer().primary(),
    mail: p.boolean(),
    webhook: p.boolean(),
    changedAt: p.datetime(),
  },
});
