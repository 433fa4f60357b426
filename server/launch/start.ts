// The product with one command: database, build, migrations, demo world, server. `pnpm start`.
import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { ended, startNode, stop } from "./child.ts";
import { prepare, type Prepared } from "./prepare.ts";
import type { Settings } from "./settings.ts";
import { aborted, stopSignal } from "./signals.ts";
import { step } from "./steps.ts";

/** With PostgreSQL's share (see keeper.ts) everything is gone within 10 seconds. */
const SERVER_PATIENCE_MS = 6_500;
const READY_PATIENCE_MS = 60_000;

const startedAt = performance.now();
const stopping = stopSignal();
try {
  const prepared = await prepare(stopping);
  try {
    await serve(prepared);
  } finally {
    await prepared.release();
  }
  console.log("Stopped.");
} catch (error) {
  if (!stopping.aborted) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
// Nothing of ours is left; a handle that a library keeps open must not hold the terminal.
process.exit();

/** Runs the server until it is to stop, and throws when it stops for another reason. */
async function serve({ settings, url, environment, databaseGone }: Prepared): Promise<void> {
  if (stopping.aborted) return;
  const server = startNode(["dist/app/main.js"], { env: environment });
  try {
    await step("Server", () => ready(server, url));
    if (!stopping.aborted) welcome(settings, url);
    const fate = await Promise.race([
      aborted(stopping).then(() => null),
      ended(server).then((how) => `The server ended by itself (${how}).`),
      databaseGone.then(() => "PostgreSQL ended by itself; its log is postgres.log in DATA_DIR."),
    ]);
    if (fate !== null && !stopping.aborted) throw new Error(fate);
    console.log(`\nStopping (${String(stopping.reason)}) ...`);
  } finally {
    await stop(server, SERVER_PATIENCE_MS);
  }
}

async function ready(server: ChildProcess, url: string): Promise<void> {
  for (const end = Date.now() + READY_PATIENCE_MS; Date.now() < end && !stopping.aborted; await sleep(100)) {
    if (server.exitCode !== null || server.signalCode !== null) throw new Error("The server did not start; see above.");
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    if (answer?.ok) return;
  }
  if (!stopping.aborted) throw new Error(`${url}/health/ready has not answered 200 within a minute.`);
}

function welcome({ DEMO, DEMO_PASSWORD }: Settings, url: string): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`\nQLP Monetization runs at ${url} (after ${seconds} s; GraphQL at ${url}/graphql). Ctrl-C stops it.`);
  if (!DEMO) return;
  const password = DEMO_PASSWORD === undefined ? "qlp-demo-password" : "the one in DEMO_PASSWORD";
  console.log(`
Demo log-ins, password ${password}:
  admin@qlp.example    platform administrator    owner@acme.example    owner of Acme, on Starter
  finance@qlp.example  finance                   billing@acme.example  billing at Acme
  support@qlp.example  support                   dev@acme.example      developer at Acme
`);
}
