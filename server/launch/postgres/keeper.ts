// Runs PostgreSQL for as long as the process that started us lives: when the channel to it closes, for whatever
// reason (a clean stop, an exception, kill -9), PostgreSQL is shut down. We are a process of our own because nobody
// can clean up after their own kill -9, and we lead our own session so that a Ctrl-C in the terminal does not take
// the database away from a server that is still answering.
import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { dataFolder, ensureCluster, postgresEnvironment, type Cluster } from "./cluster.ts";

/** What the keeper is told, in the one message it gets. */
export type KeeperOrder = Cluster & { readonly args: readonly string[] };

/** A fast shutdown writes everything out; past this it is cut short and the next start recovers from the log. */
const FAST_SHUTDOWN_MS = 2_500;

const leaving = new AbortController();
process.on("disconnect", () => leaving.abort());
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => leaving.abort());

process.once("message", (order) => void keep(order as KeeperOrder));

async function keep(order: KeeperOrder): Promise<void> {
  let code = 1;
  try {
    await ensureCluster(order, leaving.signal);
    code = await serve(order);
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
  }
  // Somebody whose temporary files are in there may be stopping just now, and still write.
  if (!order.isKept) await rm(order.home, { recursive: true, force: true, maxRetries: 12, retryDelay: 100 });
  process.exit(leaving.signal.aborted ? 0 : code);
}

function serve({ programs, home, user, args }: KeeperOrder): Promise<number> {
  const options = { cwd: home, env: postgresEnvironment(), stdio: "inherit", ...user } as const;
  const postgres = spawn(join(programs, "bin", "postgres"), ["-D", dataFolder(home), ...args], options);
  process.send?.(postgres.pid);

  const stop = () => {
    postgres.kill("SIGINT");
    setTimeout(() => postgres.kill("SIGQUIT"), FAST_SHUTDOWN_MS);
  };
  if (leaving.signal.aborted) stop();
  else leaving.signal.addEventListener("abort", stop);

  return new Promise((resolve, reject) => {
    postgres.once("error", reject).once("exit", (code) => resolve(code ?? 1));
  });
}
