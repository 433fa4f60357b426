import type pg from "pg";

/**
 * Makes organizations like the one that is given, each with its subscription and open period.
 *
 * @returns their ids
 */
export async function copyOrganization(admin: pg.Client, organizationId: string, count: number): Promise<string[]> {
  await admin.query(
    `create temporary table copies as
     select gen_random_uuid() as id, gen_random_uuid() as subscription_id, gen_random_uuid() as period_id, number from generate_series(1, ${count}) number`,
  );
  await copyRows(admin, organizationId, "organizations", { id: "c.id", name: "'Copy ' || c.number" });
  await copyRows(admin, organizationId, "billing_periods", { organization_id: "c.id", id: "c.period_id" });
  await copyRows(admin, organizationId, "subscriptions", {
    organization_id: "c.id",
    id: "c.subscription_id",
    current_period_id: "c.period_id",
  });
  const { rows } = await admin.query<{ id: string }>("select id from copies order by number");
  return rows.map(({ id }) => id);
}

/** Copies the organization's current row of a table for each copy, with other values in some columns. */
async function copyRows(
  admin: pg.Client,
  organizationId: string,
  table: string,
  changed: Readonly<Record<string, string>>,
): Promise<void> {
  const { rows } = await admin.query<{ column: string }>(
    `select column_name as column from information_schema.columns where table_name = $1 and table_schema = 'public' order by ordinal_position`,
    [table],
  );
  const columns = rows.map(({ column }) => `"${column}"`);
  const values = rows.map(({ column }) => changed[column] ?? `t."${column}"`);
  const key = table === "organizations" ? "id" : "organization_id";
  const only = table === "billing_periods" ? "and t.closed_at is null" : "";
  await admin.query(
    `insert into ${table} (${columns.join(", ")}) select ${values.join(", ")} from ${table} t cross join copies c where t.${key} = $1 ${only}`,
    [organizationId],
  );
}
