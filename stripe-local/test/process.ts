import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

export type Running = { readonly process: ChildProcess; readonly port: number };

/** Starts the stand-in as a process of its own and waits until it listens. */
export async function startProcess(dataDir: string, port: number, env: Record<string, string> = {}): Promise<Running> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, DATA_DIR: dataDir, STRIPE_LOCAL_PORT: String(port), ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const listening = new Promise<void>((resolve) => {
    child.stdout.on("data", (text: Buffer) => text.includes("listens at") && resolve());
  });
  await Promise.race([
    listening,
    once(child, "exit").then(([code]) => Promise.reject(new Error(`It ended with ${String(code)}.`))),
  ]);
  return { process: child, port };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
