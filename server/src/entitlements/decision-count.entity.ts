import { defineEntity, p } from "@mikro-orm/postgresql";
import { tenantTable } from "../platform/database/policies.ts";
import type { DecisionOutcome } from "./decision-counts.ts";

/**
 * How often an organization was answered so in an hour. Statistics, not facts: they are gathered in memory
 * and written every few seconds, so a crash may lose the last of them. Kept for 90 days.
 */
export const DecisionCountSchema = defineEntity({
  name: "DecisionCount",
  tableName: "decision_counts",
  ...tenantTable,
  indexes: [{ properties: ["hour"] }],
  properties: {
    organizationId: p.uuid().primary(),
    hour: p.datetime().primary(),
    outcome: p.text().primary().$type<DecisionOutcome>(),
    count: p.bigint().$type<bigint>(),
  },
});
