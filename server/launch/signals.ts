import { existsSync, readFileSync } from "node:fs";

const WATCH_EVERY_MS = 400;

/**
 * Fires when this start is over: on Ctrl-C, SIGTERM, a closed terminal, or when npx or pnpm, which called us, is gone.
 *
 * They pass signals on most of the time, but not when they are killed, and then nobody would know us any more.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (why: string) => {
    if (!controller.signal.aborted) controller.abort(why);
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stop(name));
  // Whoever read our output may be gone as well.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

  const callers = callingPackageManagers();
  setInterval(() => {
    if (callers.some((pid) => parentOf(pid) === null)) stop("the package manager that started this is gone");
  }, WATCH_EVERY_MS).unref();
  return controller.signal;
}

/** Resolves once `signal` has fired. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** The npx and pnpm processes we run under, and the shells between them and us. */
function callingPackageManagers(): number[] {
  const chain: number[] = [];
  let count = 0;
  for (let pid: number | null = process.ppid; pid !== null && pid > 1; pid = parentOf(pid)) {
    chain.push(pid);
    if (/\b(npm|npx|pnpm)\b/.test(commandOf(pid))) count = chain.length;
    else if (!/^(\S*\/)?(sh|bash|dash|node)\b/.test(commandOf(pid))) break;
  }
  return chain.slice(0, count);
}

/** Null when the process is gone, or ended and only waits to be counted. */
function parentOf(pid: number): number | null {
  // Without /proc we know our own parent only: it is another one, once the first is gone.
  if (!existsSync("/proc/self/stat")) return pid === process.ppid ? 1 : null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" || state === "X" ? null : Number(parent);
  } catch {
    return null;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    // No /proc: our own parent is the package manager's shell.
    return pid === process.ppid ? "pnpm" : "";
  }
}
