import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { postgresPrograms } from "./binaries.ts";
import { dataFolder, SUPERUSER, type Cluster } from "./cluster.ts";
import type { KeeperOrder } from "./keeper.ts";
import { postmasterPid, postmasterStatus, stopLeftover } from "./leftover.ts";
import { durableSettings, quickSettings } from "./settings.ts";

/** A cluster to serve, and how. */
export type PostgresPlan = Omit<Cluster, "programs"> & {
  readonly logFile: string;
  /** Whether what was acknowledged survives a power cut. */
  readonly isDurable: boolean;
  /** Asked for; another is taken when it is not free. */
  readonly port: number | null;
};

export type RunningPostgres = {
  readonly port: number;
  readonly urlOf: (database: string) => string;
  /** Resolves when PostgreSQL is gone, asked for or not. */
  readonly gone: Promise<void>;
  readonly stop: () => Promise<void>;
};

const STARTING_PATIENCE_MS = 120_000;

/**
 * Starts PostgreSQL on 127.0.0.1, on the cluster in `home`, which is created first when there is none.
 *
 * It stops with us, even when we are killed (see `keeper.ts`). Its output goes to `logFile`, never through our event
 * loop: a full pipe would stall it.
 *
 * @throws Error with the end of the log when it does not come up
 */
export async function startPostgres(plan: PostgresPlan): Promise<RunningPostgres> {
  await stopLeftover(dataFolder(plan.home));
  const programs = await postgresPrograms(plan.home, plan.user);
  const port = await freePort(plan.port);
  const keeper = await comeUp(plan, programs, port);
  const gone = once(keeper, "exit").then(() => undefined);
  return {
    port,
    urlOf: (database) => `postgres://${SUPERUSER}:${plan.password}@127.0.0.1:${port}/${database}`,
    gone,
    stop: () => {
      if (keeper.connected) keeper.disconnect();
      return gone;
    },
  };
}

async function comeUp(plan: PostgresPlan, programs: string, port: number): Promise<ChildProcess> {
  const data = dataFolder(plan.home);
  for (const end = Date.now() + STARTING_PATIENCE_MS; ; await sleep(200)) {
    const keeper = keep(plan, programs, port);
    let pid: unknown = null;
    keeper.once("message", (message) => (pid = message));
    while (keeper.exitCode === null && keeper.signalCode === null && Date.now() < end) {
      // A file left by a server that was killed says "ready" too.
      if (postmasterPid(data) === pid && postmasterStatus(data) === "ready") return keeper;
      await sleep(25);
    }
    if (keeper.connected) keeper.disconnect();

    // After a kill -9 the last worker processes of the old server need a moment to notice and leave.
    const log = tail(plan.logFile);
    if (Date.now() >= end || !/pre-existing shared memory block/.test(log)) {
      throw new Error(`PostgreSQL did not start. The end of ${plan.logFile}:\n${log}`);
    }
  }
}

function keep({ logFile, isDurable, ...plan }: PostgresPlan, programs: string, port: number): ChildProcess {
  const settings = { ...(isDurable ? durableSettings : quickSettings), port: String(port) };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const order: KeeperOrder = { ...plan, programs, args };
  const log = openSync(logFile, "a", 0o600);
  try {
    const script = fileURLToPath(new URL("keeper.ts", import.meta.url));
    const keeper = fork(script, { detached: true, stdio: ["ignore", log, log, "ipc"], execArgv: [] });
    keeper.send(order);
    return keeper;
  } finally {
    closeSync(log);
  }
}

async function freePort(wanted: number | null): Promise<number> {
  const probe = createServer();
  const listening = await new Promise<boolean>((resolve) => {
    probe.once("error", () => resolve(false)).listen(wanted ?? 0, "127.0.0.1", () => resolve(true));
  });
  if (!listening) return freePort(null);
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

function tail(file: string): string {
  if (!existsSync(file)) return "(it is gone)";
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-12).join("\n");
}
