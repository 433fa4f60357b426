import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { dataFolder as clusterData } from "./cluster.ts";
import { canReach, postgresUser, type SystemUser } from "./system-user.ts";

/** Where the cluster of a data folder lies, and whom PostgreSQL runs as there. */
export type PostgresHome = { readonly folder: string; readonly user: SystemUser | null };

/** For clusters whose data folder the user of PostgreSQL cannot reach. */
const OUTSIDE = "/var/lib/qlp-monetization";

/**
 * Finds the home of the cluster of `dataFolder`, made first when there is none: `postgres` in that folder.
 *
 * Started by root, PostgreSQL runs as another user. When that one cannot reach the data folder, as with a project under
 * /root, `postgres` is a link to a folder in /var/lib.
 *
 * @throws Error when an existing cluster belongs to somebody else
 */
export function postgresHome(dataFolder: string): PostgresHome {
  const link = join(dataFolder, "postgres");
  const known = lstatSync(link, { throwIfNoEntry: false });
  if (!known) return newHome(dataFolder, link);

  const folder = existsSync(link) ? realpathSync(link) : makeFolder(readlinkSync(link), postgresUser());
  const data = clusterData(folder);
  const { uid, gid } = statSync(existsSync(data) ? data : folder);
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && uid !== process.getuid?.()) {
    throw new Error(`The database in ${folder} belongs to another user (${uid}): start as root, as before.`);
  }
  const user = isRoot ? { uid, gid } : null;
  if (!canReach(user, folder)) throw new Error(`The database runs as user ${uid}, who cannot reach ${folder}.`);
  return { folder, user };
}

function newHome(dataFolder: string, link: string): PostgresHome {
  const user = postgresUser();
  if (canReach(user, realpathSync(dataFolder))) return { folder: makeFolder(link, user), user };

  const folder = makeFolder(outsideOf(dataFolder), user);
  symlinkSync(folder, link);
  return { folder, user };
}

const outsideOf = (dataFolder: string): string =>
  join(OUTSIDE, createHash("sha256").update(realpathSync(dataFolder)).digest("hex").slice(0, 16));

function makeFolder(folder: string, user: SystemUser | null): string {
  mkdirSync(folder, { recursive: true });
  if (user) {
    chownSync(folder, user.uid, user.gid);
    // Whatever the umask is, the user must come through.
    for (const path of folder.startsWith(OUTSIDE) ? [OUTSIDE, folder] : [folder]) chmodSync(path, 0o755);
  }
  return folder;
}
