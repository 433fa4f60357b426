import pg from "pg";
import { seedCatalog } from "../catalog/seed-catalog.ts";
import { migrate } from "../platform/database/migrate.ts";
import { sqlOn } from "../platform/database/sql.ts";
import { entities } from "./entities.ts";

/** Brings a database up to the product's schema and gives it the first catalog. */
export async function migrateDatabase(adminUrl: string, loginUrl?: string): Promise<void> {
  await migrate(adminUrl, entities, loginUrl);
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // The owner is bound by row-level security too; the catalog is written as staff.
    await client.query("SET ROLE qlp_staff");
    await seedCatalog(sqlOn(client));
  } finally {
    await client.end();
  }
}
