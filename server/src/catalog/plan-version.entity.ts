import { defineEntity, p } from "@mikro-orm/postgresql";
import { publicTable } from "../platform/database/policies.ts";
import type { PlanCode, PlanTerms } from "./plan-terms.ts";

/**
 * One published edition of a plan. Immutable: no role of the database may update or delete it, so
 * a subscription keeps exactly what it bought.
 */
export const PlanVersionSchema = defineEntity({
  name: "PlanVersion",
  tableName: "plan_versions",
  ...publicTable,
  uniques: [{ properties: ["code", "number"] }],
  properties: {
    id: p.uuid().primary(),
    code: p.text().$type<PlanCode>(),
    number: p.integer(),
    terms: p.json<PlanTerms>(),
    publishedAt: p.datetime(),
    publishedBy: p.text(),
  },
});
