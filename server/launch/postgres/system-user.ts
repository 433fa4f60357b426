import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** A user of the operating system, by number. */
export type SystemUser = { readonly uid: number; readonly gid: number };

const candidates = ["postgres", "nobody"];

/**
 * Who PostgreSQL runs as: null for "as we do", or a system user when we are root, since PostgreSQL refuses root.
 *
 * @throws Error when we are root and the machine knows neither `postgres` nor `nobody`
 */
export function postgresUser(): SystemUser | null {
  if (process.getuid?.() !== 0) return null;

  const accounts = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of candidates) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    `PostgreSQL does not run as root, and there is no user ${candidates.join(" or ")} to run it as. ` +
      "Create one (useradd --system postgres), start as an ordinary user, or set DATABASE_URL.",
  );
}

/** Whether `user` may enter every folder on the way to `path`, and `path` itself. */
export function canReach(user: SystemUser | null, path: string): boolean {
  if (user === null) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    const { uid, gid, mode } = statSync(folder);
    const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
    const wanted = folder === path ? 0b101 : 0b001;
    if (((mode >> shift) & wanted) !== wanted) return false;
    if (folder === dirname(folder)) return true;
  }
}
