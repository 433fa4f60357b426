import { randomBytes } from "node:crypto";
import { chmod, chown, mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres, type RunningPostgres } from "./start-postgres.ts";
import { canReach, postgresUser } from "./system-user.ts";

export type ThrowAwayPostgres = RunningPostgres & {
  /** A folder for temporary files that goes when PostgreSQL goes. */
  readonly scratch: string;
};

/**
 * Starts a PostgreSQL for one test run or benchmark: quick rather than durable, in a temporary folder, and gone with
 * its folder when we stop it or die.
 */
export async function startThrowAwayPostgres(): Promise<ThrowAwayPostgres> {
  const user = postgresUser();
  const parent = [tmpdir(), "/tmp", "/var/tmp"].find((folder) => canReach(user, folder)) ?? tmpdir();
  const home = await mkdtemp(join(parent, "qlp-postgres-"));
  await chmod(home, 0o755);
  if (user) await chown(home, user.uid, user.gid);
  const password = randomBytes(18).toString("base64url");
  const plan = { home, user, logFile: join(home, "log"), password, port: null, durable: false };
  const postgres = await startPostgres(plan);
  const scratch = join(home, "scratch");
  await mkdir(scratch);
  return { ...postgres, scratch };
}
