import { MikroORM, type EntitySchema, UnderscoreNamingStrategy } from "@mikro-orm/postgresql";
import { Migrator } from "@mikro-orm/migrations";
import { fileURLToPath } from "node:url";
import type { boundedWaiting } from "./pool.ts";

export type Entities = readonly EntitySchema[];

/** Migrations are plain TypeScript that Node runs as it is, so one folder serves sources and builds. */
const migrationsFolder = fileURLToPath(new URL("../../../migrations", import.meta.url));

/**
 * The object-relational mapper on `url`. Nothing connects before the first query.
 *
 * @param waiting bounds on what its callers wait for; migrations take as long as they take
 */
export function createOrm(
  url: string,
  entities: Entities,
  poolSize = 12,
  waiting: Partial<typeof boundedWaiting> = {},
): MikroORM {
  return new MikroORM({
    clientUrl: url,
    entities: [...entities],
    namingStrategy: UnderscoreNamingStrategy,
    extensions: [Migrator],
    pool: { min: 0, max: poolSize },
    driverOptions: waiting,
    forceUtcTimezone: true,
    allowGlobalContext: false,
    ignoreUndefinedInQuery: true,
    // Roles and policies are named in the metadata; triggers and functions by hand live in migrations.
    migrations: {
      path: migrationsFolder,
      pathTs: migrationsFolder,
      glob: "*.ts",
      emit: "ts",
      snapshotName: "snapshot",
      transactional: true,
      allOrNothing: true,
    },
  });
}
