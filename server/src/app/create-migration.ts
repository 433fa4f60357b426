import { createOrm } from "../platform/database/orm.ts";
import { entities } from "./entities.ts";

/** Writes the migration from the last snapshot to the entities as they are now; says when nothing changed. */
const orm = createOrm(process.env["DATABASE_ADMIN_URL"] ?? process.env["DATABASE_URL"] ?? "", entities, 2);
try {
  const { fileName } = await orm.migrator.create();
  process.stdout.write(fileName === "" ? "The entities match the last migration.\n" : `${fileName}\n`);
} finally {
  await orm.close();
}
