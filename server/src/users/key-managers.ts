import type { Sql } from "../platform/database/sql.ts";

/** The e-mail addresses of those who manage an organization's keys and webhooks. */
export async function keyManagers(sql: Sql, organizationId: string): Promise<string[]> {
  const rows = await sql<{ email: string }>(
    `select u.email from members m join users u on u.id = m.user_id
     where m.organization_id = $1 and m.role in ('OWNER', 'ADMIN') order by u.email`,
    [organizationId],
  );
  return rows.map(({ email }) => email);
}
