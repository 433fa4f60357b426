import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tryLock, type Lock } from "./lock.ts";

/** The file whose lock says that a data folder is in use; also the sign that the folder is ours. */
export const lockFile = (folder: string): string => join(folder, "launcher.lock");

const holderFile = (folder: string): string => join(folder, "launcher.json");

export type DataFolder = Lock & {
  /** The last start ended without cleaning up: parts of it may be about to leave. */
  readonly wasAbandoned: boolean;
};

/**
 * Makes the data folder ours until we leave.
 *
 * @throws Error naming the process that has it, and how to start beside it
 */
export function takeDataFolder(folder: string, url: string): DataFolder {
  mkdirSync(folder, { recursive: true });
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new Error(`DATA_DIR: ${folder} cannot be written by this user.`);
  }

  const lock = tryLock(lockFile(folder));
  if (lock === null) throw inUse(folder);

  const wasAbandoned = existsSync(holderFile(folder));
  writeFileSync(holderFile(folder), JSON.stringify({ pid: process.pid, url }));
  return {
    wasAbandoned,
    release: () => {
      rmSync(holderFile(folder), { force: true });
      lock.release();
    },
  };
}

function inUse(folder: string): Error {
  const { pid, url } = readHolder(folder);
  const nextPort = Number(new URL(url).port || 4000) + 1;
  return new Error(
    `The data folder ${folder} is in use by process ${pid}, which serves ${url}.\n` +
      "Stop that one first, or start another one beside it on a port and a data folder of its own:\n" +
      `  PORT=${nextPort} DATA_DIR=.data-${nextPort} npx -y pnpm@12.21.0 start`,
  );
}

function readHolder(folder: string): { pid: number | string; url: string } {
  try {
    return JSON.parse(readFileSync(holderFile(folder), "utf8")) as { pid: number; url: string };
  } catch {
    return { pid: "(just starting)", url: "http://127.0.0.1:4000" };
  }
}
