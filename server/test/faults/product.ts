import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { ended, startNode, stop } from "../../launch/child.ts";
import { freePort } from "../setup/free-port.ts";

const READY_PATIENCE_MS = 30_000;
const STOP_PATIENCE_MS = 8_000;

/** The built server in a process of its own. */
export type Product = {
  readonly url: string;
  readonly process: ChildProcess;
  /** From its start until it said that it is ready. */
  readonly readyAfterMs: number;
  /** kill -9. */
  readonly kill: () => Promise<void>;
  /** SIGTERM. @returns the exit code, or the signal that was needed */
  readonly stop: () => Promise<number | string>;
};

type Plan = {
  /** The owner of a migrated database. */
  readonly databaseUrl: string;
  /** Where it listened before; a free port otherwise. */
  readonly port?: number;
  readonly role?: "api" | "all";
  readonly environment?: Readonly<Record<string, string>>;
};

/** Starts the built server and waits until it is ready. */
export async function startProduct({ databaseUrl, port, role = "api", environment = {} }: Plan): Promise<Product> {
  const startedAt = performance.now();
  const listenOn = port ?? (await freePort());
  const url = `http://127.0.0.1:${listenOn}`;
  const server = startNode(["dist/app/main.js"], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      DATABASE_ADMIN_URL: databaseUrl,
      HOST: "127.0.0.1",
      PORT: String(listenOn),
      JWT_KEYS: "faults:0123456789012345678901234567890123456789",
      API_LIMITS: "key=0,service=0,address=0",
      // Nobody listens there: these tests need no Stripe.
      STRIPE_LOCAL_PORT: String(await freePort()),
      LOG_LEVEL: process.env["FAULTS_LOG"] ?? "silent",
      ROLE: role,
      ...environment,
    },
  });
  const stopServer = async () => {
    await stop(server, STOP_PATIENCE_MS);
    return ended(server);
  };
  try {
    await untilReady(url, server, READY_PATIENCE_MS);
  } catch (error) {
    await stopServer();
    throw error;
  }
  return {
    url,
    process: server,
    readyAfterMs: performance.now() - startedAt,
    kill: async () => {
      server.kill("SIGKILL");
      await ended(server);
    },
    stop: stopServer,
  };
}

/** @returns how long it took in milliseconds */
export async function untilReady(url: string, server: ChildProcess, patienceMs: number): Promise<number> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < patienceMs) {
    if (server.exitCode !== null || server.signalCode !== null) throw new Error("the server has ended");
    if ((await statusOf(`${url}/health/ready`)) === 200) return performance.now() - startedAt;
    await sleep(20);
  }
  throw new Error(`${url} did not become ready within ${patienceMs / 1_000} s`);
}

/** The status of an answer; null without one. */
export async function statusOf(url: string): Promise<number | null> {
  return fetch(url, { signal: AbortSignal.timeout(10_000) }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    },
    () => null,
  );
}
