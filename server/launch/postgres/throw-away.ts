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
 * Starts a PostgreSQL for one test run or benchmark, in a temporary folder; it goes, folder and all, when we stop it or
 * die.
 *
 * @param isDurable as in the product, for measuring; quick and careless otherwise
 */
export async function startThrowAwayPostgres({ isDurable = false } = {}): Promise<ThrowAwayPostgres> {
  const user = postgresUser();
  const parent = [tmpdir(), "/tmp", "/var/tmp"].find((folder) => canReach(user, folder)) ?? tmpdir();
  const home = await mkdtemp(join(parent, "qlp-postgres-"));
  await chmod(home, 0o755);
  if (user) await chown(home, user.uid, user.gid);
  const password = randomBytes(18).toString("base64url");
  const plan = { home, user, logFile: join(home, "log"), password, port: null, isKept: false, isDurable };
  const postgres = await startPostgres(plan);
  const scratch = join(home, "scratch");
  await mkdir(scratch);
  return { ...postgres, scratch };
}
