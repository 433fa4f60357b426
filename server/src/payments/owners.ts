import type { Sql } from "../platform/database/sql.ts";

/** Notes whose object it is, so that webhooks find its tenant. The first owner stays. */
export async function noteOwner(
  sql: Sql,
  kind: "customer" | "subscription" | "invoice",
  stripeId: string,
  organizationId: string,
): Promise<void> {
  await sql(
    "insert into stripe_owners (stripe_id, kind, organization_id) values ($1, $2, $3) on conflict (stripe_id) do nothing",
    [stripeId, kind, organizationId],
  );
}

/** The organization whose object it is; null when nobody is known. */
export async function ownerOf(sql: Sql, stripeId: string): Promise<string | null> {
  const [row] = await sql<{ organization_id: string }>(
    "select organization_id from stripe_owners where stripe_id = $1",
    [stripeId],
  );
  return row?.organization_id ?? null;
}
