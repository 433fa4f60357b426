import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./child.ts";
import { startThrowAwayPostgres } from "./postgres/throw-away.ts";
import { root } from "./settings.ts";

/**
 * Writes the one initial migration anew from the entities.
 *
 * For the time before the first release only: what is released gets a migration of its own on top.
 */
const folder = join(root, "server/migrations");
for (const file of await readdir(folder).catch(() => [])) await rm(join(folder, file));

const postgres = await startThrowAwayPostgres();
try {
  const env = { ...process.env, DATABASE_ADMIN_URL: postgres.urlOf("postgres") };
  console.log(await run(process.execPath, [join(root, "server/src/app/create-migration.ts")], { env }));
} finally {
  await postgres.stop();
}
