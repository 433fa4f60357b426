import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

export type Lock = { release(): void };

/**
 * Takes the lock that `file` stands for, or gives null when another process has it.
 *
 * The kernel lets go of it when its holder dies, in whatever way: unlike a file with a process id in it, it is never
 * stale. Node has no lock of that kind of its own; an exclusive transaction of SQLite is one.
 */
export function tryLock(file: string): Lock | null {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec("pragma journal_mode = memory; begin exclusive");
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    if (/database is locked/.test(String(error))) return null;
    throw error;
  }
}

/** Does `work` while holding the lock, after waiting for it. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  let lock = tryLock(file);
  for (; lock === null; lock = tryLock(file)) await sleep(100);
  try {
    return await work();
  } finally {
    lock.release();
  }
}
