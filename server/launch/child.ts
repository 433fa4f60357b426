import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { root } from "./settings.ts";

type RunOptions = { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly signal?: AbortSignal };

/**
 * Runs a program to its end and gives what it printed.
 *
 * @throws Error with what it printed when it fails
 */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], ...options });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => output.push(chunk));
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];

  const printed = Buffer.concat(output).toString().trim();
  if (code !== 0) throw new Error(`${[program, ...args].join(" ")} ended with ${signal ?? code}:\n${printed}`);
  return printed;
}

const leaveWithLauncher = fileURLToPath(new URL("leave-with-launcher.ts", import.meta.url));

type NodeOptions = {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Where it prints: where we print, or into pipes. */
  readonly output?: "inherit" | "pipe";
};

/** Starts a Node program that is asked to stop (SIGTERM) when we die, in whatever way. */
export function startNode(args: readonly string[], options: NodeOptions = {}): ChildProcess {
  return spawn(process.execPath, ["--enable-source-maps", "--import", leaveWithLauncher, ...args], {
    cwd: options.cwd ?? join(root, "server"),
    env: { ...(options.env ?? process.env), LAUNCHED_BY: String(process.pid) },
    // A session of its own: Ctrl-C in the terminal comes to us, and we stop things in their order.
    detached: true,
    stdio: ["ignore", options.output ?? "inherit", options.output ?? "inherit", "ipc"],
  });
}

/** Resolves when the process has ended, with what ended it. */
export async function ended(child: ChildProcess): Promise<number | string> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode ?? child.signalCode ?? 0;
}

/** Asks a process to stop, and stops it when it has not done so in time. */
export async function stop(child: ChildProcess, patienceMs: number): Promise<void> {
  child.kill("SIGTERM");
  const tooLate = new AbortController();
  const timer = sleep(patienceMs, "late", { signal: tooLate.signal }).catch(() => "in time");
  if ((await Promise.race([ended(child), timer])) === "late") child.kill("SIGKILL");
  tooLate.abort();
  await ended(child);
}
