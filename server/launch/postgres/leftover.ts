import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Makes sure that no PostgreSQL runs on the cluster in `data`, as one does after a kill -9 of everything around it.
 *
 * It is stopped rather than adopted: then there is one way in which a server comes to be ours.
 */
export async function stopLeftover(data: string): Promise<void> {
  const pid = postmasterPid(data);
  if (pid === null || !isAlive(pid)) return; // PostgreSQL itself replaces a file whose process is gone.

  if (!commandLine(pid).includes(data)) {
    // The number was given to some other process since, which PostgreSQL would take for a running server.
    await rm(join(data, "postmaster.pid"), { force: true });
    return;
  }
  for (const [signal, patienceMs] of [
    ["SIGINT", 5_000],
    ["SIGQUIT", 5_000],
  ] as const) {
    process.kill(pid, signal);
    if (await isGoneWithin(pid, patienceMs)) return;
  }
  throw new Error(`PostgreSQL left running as process ${pid} does not stop.`);
}

/** The state a running server writes for its administrators: `starting`, `ready`, `stopping`; null without one. */
export function postmasterStatus(data: string): string | null {
  return readLines(data)[7]?.trim() ?? null;
}

/** The process that says it serves the cluster in `data`. */
export function postmasterPid(data: string): number | null {
  return Number(readLines(data)[0]) || null;
}

function readLines(data: string): string[] {
  try {
    return readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function commandLine(pid: number): string {
  if (existsSync("/proc/self/cmdline")) return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
}

async function isGoneWithin(pid: number, patienceMs: number): Promise<boolean> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(50)) if (!isAlive(pid)) return true;
  return !isAlive(pid);
}
