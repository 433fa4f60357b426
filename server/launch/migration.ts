import { copyFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./child.ts";
import { startThrowAwayPostgres } from "./postgres/throw-away.ts";
import { root } from "./settings.ts";

/** The newest migration that customers' databases may have run. It and those before it never change. */
const LAST_RELEASED = "Migration20261126185608.ts";

/**
 * Writes one migration from the last release to the entities as they are now, in place of the
 * unreleased ones. A release moves `LAST_RELEASED` on and copies the snapshot to `released/`.
 */
const folder = join(root, "server/migrations");
for (const file of await readdir(folder))
  if (/^Migration\d+\.ts$/.test(file) && file > LAST_RELEASED) await rm(join(folder, file));
await copyFile(join(folder, "released/snapshot.json"), join(folder, "snapshot.json"));

const postgres = await startThrowAwayPostgres();
try {
  const env = { ...process.env, DATABASE_ADMIN_URL: postgres.urlOf("postgres") };
  console.log(await run(process.execPath, [join(root, "server/src/app/create-migration.ts")], { env }));
} finally {
  await postgres.stop();
}
