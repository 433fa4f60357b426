import { defineEntity, p } from "@mikro-orm/postgresql";
import { organizationTable } from "../platform/database/policies.ts";

const OrganizationSchema = defineEntity({
  name: "Organization",
  tableName: "organizations",
  ...organizationTable,
  indexes: [{ properties: ["name"] }],
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    createdAt: p.datetime(),
  },
});

/** The tenant, and the customer that pays. */
export class Organization extends OrganizationSchema.class {}
OrganizationSchema.setClass(Organization);
export { OrganizationSchema };
