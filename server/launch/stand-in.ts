import type { ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ended, startNode, stop } from "./child.ts";
import { keptSecret, newWebhookSecret } from "./secrets.ts";
import { root, type Settings } from "./settings.ts";

/** The stand-in for Stripe, and what the server needs to know of it. */
export type RunningStandIn = {
  readonly environment: NodeJS.ProcessEnv;
  /** For the person who waits. */
  readonly note: string;
  readonly stop: () => Promise<void>;
};

const DEFAULT_PORT = 12_111;
const READY_PATIENCE_MS = 20_000;
const STOP_PATIENCE_MS = 3_000;
const RESTART_AFTER_MS = 500;

/**
 * Starts the stand-in that takes Stripe's place without a key. Instances that share a database share
 * the one that runs already.
 *
 * @param url where the server will listen
 * @throws Error naming STRIPE_LOCAL_PORT when it is taken, or with what the stand-in said
 */
export async function startStandIn(settings: Settings, url: string, patienceMs: number): Promise<RunningStandIn> {
  const secret =
    settings.STRIPE_WEBHOOK_SECRETS ?? keptSecret(settings.DATA_DIR, "stripe-webhook-secret", newWebhookSecret);
  const port = await choosePort(settings, patienceMs);
  const environment = { STRIPE_LOCAL_PORT: String(port.number), STRIPE_WEBHOOK_SECRETS: secret };
  if (port.shared) return { environment, note: "runs already", stop: () => Promise.resolve() };

  const keeper = new Keeper(() =>
    startNode(["--disable-warning=ExperimentalWarning", "src/main.ts"], {
      cwd: join(root, "stripe-local"),
      env: {
        ...process.env,
        DATA_DIR: settings.DATA_DIR,
        STRIPE_LOCAL_PORT: String(port.number),
        STRIPE_LOCAL_WEBHOOK_URL: process.env["STRIPE_LOCAL_WEBHOOK_URL"] ?? `${url}/webhooks/stripe`,
        STRIPE_LOCAL_WEBHOOK_SECRET: secret.split(",")[0],
      },
    }),
  );
  try {
    await ready(keeper.child, port.number);
  } catch (error) {
    await keeper.stop();
    throw error;
  }
  keeper.keep();
  return { environment, note: `http://127.0.0.1:${port.number}`, stop: () => keeper.stop() };
}

/** Starts the stand-in again when it has ended by itself: it has lost nothing, as Stripe would not. */
class Keeper {
  child: ChildProcess;
  readonly #start: () => ChildProcess;
  #stopping = false;

  constructor(start: () => ChildProcess) {
    this.#start = start;
    this.child = start();
  }

  keep(): void {
    void ended(this.child).then(async (how) => {
      if (this.#stopping) return;
      console.error(`The stand-in for Stripe ended by itself (${how}); it is started again.`);
      await sleep(RESTART_AFTER_MS);
      if (this.#stopping) return;
      this.child = this.#start();
      this.keep();
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await stop(this.child, STOP_PATIENCE_MS);
  }
}

type Port = { readonly number: number; readonly shared: boolean };

async function choosePort(settings: Settings, patienceMs: number): Promise<Port> {
  const wanted = settings.STRIPE_LOCAL_PORT ?? DEFAULT_PORT;
  for (const end = Date.now() + patienceMs; !(await isFree(wanted)); await sleep(200)) {
    if (Date.now() < end) continue;
    if (settings.DATABASE_URL !== undefined && (await answers(wanted))) return { number: wanted, shared: true };
    // Another copy of the product has the usual one; nobody asked for a certain one.
    if (settings.STRIPE_LOCAL_PORT === undefined) return { number: await anyPort(), shared: false };
    throw new Error(`STRIPE_LOCAL_PORT: ${wanted} is taken by another program. Choose another one.`);
  }
  return { number: wanted, shared: false };
}

async function ready(child: ChildProcess, port: number): Promise<void> {
  for (const end = Date.now() + READY_PATIENCE_MS; Date.now() < end; await sleep(50)) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error("The stand-in for Stripe did not start; see above.");
    if (await answers(port)) return;
  }
  throw new Error(`The stand-in for Stripe has not answered within ${READY_PATIENCE_MS / 1000} s.`);
}

async function answers(port: number): Promise<boolean> {
  const options = { signal: AbortSignal.timeout(1_000) };
  const answer = await fetch(`http://127.0.0.1:${port}/_local/clock`, options).catch(() => null);
  return answer?.ok ?? false;
}

const isFree = (port: number): Promise<boolean> => listen(port).then((taken) => taken !== null);

const anyPort = async (): Promise<number> => (await listen(0)) ?? Promise.reject(new Error("No port is free."));

/** Listens for a moment. @returns the port; null when it is taken */
function listen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(null));
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : null));
    });
  });
}
