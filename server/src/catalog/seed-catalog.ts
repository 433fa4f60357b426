import { newId } from "../platform/id.ts";
import type { Sql } from "../platform/database/sql.ts";
import { defaultCatalog } from "./default-catalog.ts";
import { planCodes } from "./plan-terms.ts";

/** Publishes version 1 of each plan where there is none. */
export async function seedCatalog(sql: Sql): Promise<void> {
  for (const code of planCodes) {
    await sql(
      `insert into plan_versions (id, code, number, terms, published_at, published_by)
       values ($1, $2, 1, $3::jsonb, now(), 'default catalog') on conflict (code, number) do nothing`,
      [newId(), code, JSON.stringify(defaultCatalog[code])],
    );
  }
}
