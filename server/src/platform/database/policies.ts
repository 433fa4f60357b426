import type { PolicyDef } from "@mikro-orm/core";

/** A customer's request: sees and writes the rows of the one organization in its session. */
export const TENANT_ROLE = "qlp_tenant";

/** Staff requests, jobs of the platform, and look-ups before a tenant is known. */
export const STAFF_ROLE = "qlp_staff";

/** Hot paths that answer callers of several organizations in one transaction: sees just the organizations it names. */
export const GROUP_ROLE = "qlp_group";

/** The organization of the session; null, and so no row at all, when none is set. */
export const SESSION_ORGANIZATION = "nullif(current_setting('app.organization_id', true), '')::uuid";

/** The organizations of the session; none when none are set. Made into an array once for a statement rather than for each row. */
const SESSION_ORGANIZATIONS =
  "coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])";

const staffPolicy: PolicyDef = { name: "staff_access", roles: [STAFF_ROLE], using: "true", check: "true" };

const isolationBy = (column: string): PolicyDef[] => [
  {
    name: "tenant_isolation",
    roles: [TENANT_ROLE],
    using: `${column} = ${SESSION_ORGANIZATION}`,
    check: `${column} = ${SESSION_ORGANIZATION}`,
  },
  {
    name: "group_isolation",
    roles: [GROUP_ROLE],
    using: `${column} = any(${SESSION_ORGANIZATIONS})`,
    check: `${column} = any(${SESSION_ORGANIZATIONS})`,
  },
  staffPolicy,
];

/** What an entity spreads into its definition to be walled in. */
type Wall = { policies: PolicyDef[]; rowLevelSecurity: "force" };

const wall = (policies: PolicyDef[]): Wall => ({ policies, rowLevelSecurity: "force" });

/** Row-level security of a table whose rows belong to one organization each. */
export const tenantTable = wall(isolationBy("organization_id"));

/** Row-level security of the table of organizations itself. */
export const organizationTable = wall(isolationBy("id"));

/** A table that only staff and the platform may touch. */
export const platformTable = wall([staffPolicy]);

/** A table that everyone may read and only staff may write, such as the catalog. */
export const publicTable = wall([
  { name: "tenant_reads", roles: [TENANT_ROLE, GROUP_ROLE], command: "select", using: "true" },
  staffPolicy,
]);
