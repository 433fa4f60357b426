import type { Sql } from "../platform/database/sql.ts";

/** The e-mail addresses of an organization's owners and of those who pay for it. */
export async function billingContacts(sql: Sql, organizationId: string): Promise<string[]> {
  const rows = await sql<{ email: string }>(
    `select u.email from members m join users u on u.id = m.user_id
     where m.organization_id = $1 and m.role in ('OWNER', 'BILLING') order by u.email`,
    [organizationId],
  );
  return rows.map(({ email }) => email);
}
