import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { SystemUser } from "./system-user.ts";

const run = promisify(execFile);

/** Name of the role that owns an embedded cluster. */
export const SUPERUSER = "postgres";

/** A cluster of embedded PostgreSQL: where it lies, whose it is, and what for. */
export type Cluster = {
  /** The folder for the data and, when needed, the programs; `user` can enter it. */
  readonly home: string;
  readonly programs: string;
  readonly user: SystemUser | null;
  readonly password: string;
  /** false: it lives as long as one test run, and `home` is removed with it. */
  readonly isKept: boolean;
};

/** Where the cluster in `home` keeps its data. */
export const dataFolder = (home: string): string => join(home, "data");

/**
 * Creates the cluster, unless it exists.
 *
 * An `initdb` that was interrupted leaves nothing that looks like a cluster: the folder gets its name at the end.
 */
export async function ensureCluster(cluster: Cluster, signal: AbortSignal): Promise<void> {
  const { home, programs, user, password, isKept } = cluster;
  const data = dataFolder(home);
  if (existsSync(data)) return;

  const fresh = join(home, "data.new");
  const passwordFile = join(home, "password.new");
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [fresh, passwordFile]) await chown(path, user.uid, user.gid);

  const options = [
    `--pgdata=${fresh}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    // The same order and case rules on every machine, whatever locales it has.
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-instructions",
    ...(isKept ? [] : ["--no-sync"]),
  ];
  try {
    await run(join(programs, "bin", "initdb"), options, { cwd: home, env: postgresEnvironment(), signal, ...user });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(fresh, data);
}

/** PostgreSQL's programs read PG* and locale variables; they get none of ours. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" };
}
