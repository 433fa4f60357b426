import { createOrm } from "../platform/database/orm.ts";
import { readConfig } from "../platform/config.ts";
import { entities } from "./entities.ts";

/** Fails when the entities have something that no migration makes. */
const orm = createOrm(readConfig(process.env).databaseAdminUrl, entities, 2);
try {
  if (await orm.migrator.checkSchema()) {
    process.stderr.write("The entities differ from the migrations: create a migration.\n");
    process.exitCode = 1;
  }
} finally {
  await orm.close();
}
