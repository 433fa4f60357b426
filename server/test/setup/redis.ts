import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { expect, vi } from "vitest";
import { freePort } from "./free-port.ts";

/** A real Redis of a test's own, on a port that it keeps when it is started again. */
export type TestRedis = {
  readonly url: string;
  readonly port: number;
  /** Asks it something on a connection of the test's own. */
  readonly ask: (command: string, ...words: string[]) => Promise<unknown>;
  /** Hangs it: it takes connections and requests, and answers none. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Kills it without warning. What it held is lost. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Starts one Redis. @param options of redis-server, such as `--requirepass x` */
export async function startRedis(...options: string[]): Promise<TestRedis> {
  const [port, folder] = [await freePort(), await mkdtemp(join(tmpdir(), "redis-"))];
  let server = await launch(port, folder, options);
  const kill = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, "exit");
    server.kill("SIGKILL");
    await gone;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    ask: (command, ...words) => askOnce(port, command, words),
    pause: () => void server.kill("SIGSTOP"),
    resume: () => void server.kill("SIGCONT"),
    kill,
    start: async () => {
      server = await launch(port, folder, options);
    },
    close: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Three nodes that share the slots of one cluster. */
export async function startRedisCluster(): Promise<readonly TestRedis[]> {
  const nodes = await Promise.all(
    Array.from({ length: 3 }, async () =>
      startRedis(
        "--cluster-enabled yes --cluster-node-timeout 2000",
        `--cluster-port ${await freePort()} --cluster-config-file nodes.conf`,
      ),
    ),
  );
  const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
  execFileSync("redis-cli", ["--cluster", "create", ...addresses, "--cluster-yes"], { stdio: "pipe" });
  // They agree on the slots by now; that all is well each finds out a little later.
  await vi.waitFor(
    async () => {
      const states = await Promise.all(nodes.map((node) => node.ask("CLUSTER", "INFO")));
      expect(states).toEqual(nodes.map(() => expect.stringContaining("cluster_state:ok")));
    },
    { timeout: 30_000 },
  );
  return nodes;
}

/** None outlives the test's process. */
const started = new Set<ChildProcess>();
process.once("exit", () => started.forEach((server) => server.kill("SIGKILL")));

/** Starts a server and waits until it says that it takes connections. */
async function launch(port: number, folder: string, options: readonly string[]): Promise<ChildProcess> {
  const settings = `--port ${port} --bind 127.0.0.1 --dir ${folder} --appendonly no`.split(" ");
  const server = spawn("redis-server", [...settings, "--save", "", ...options.flatMap((words) => words.split(" "))], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.add(server);
  server.once("exit", () => started.delete(server));
  await new Promise<void>((resolve, reject) => {
    let said = "";
    server.stdout.on("data", (text: Buffer) => {
      said += text.toString();
      if (said.includes("Ready to accept connections")) resolve();
    });
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`redis-server did not start:\n${said}`)));
  });
  return server;
}

async function askOnce(port: number, command: string, words: readonly string[]): Promise<unknown> {
  const redis = new Redis({ port, host: "127.0.0.1", lazyConnect: true });
  try {
    return await redis.call(command, ...words);
  } finally {
    redis.disconnect();
  }
}
