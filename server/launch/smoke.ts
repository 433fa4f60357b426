// Starts the product the way a person does, kills it, starts it again and stops it: `node server/launch/smoke.ts`.
// It uses a data folder and a port of its own and leaves neither processes nor files behind. Linux only (/proc).
import { spawn, type ChildProcess } from "node:child_process";
import {
  createWriteStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  readdirSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ended, run } from "./child.ts";
import { root } from "./settings.ts";
import { Months } from "./smoke-months.ts";
import { Reporter } from "./smoke-usage.ts";
import { step } from "./steps.ts";

const COLD_MS = 180_000;
const AGAIN_MS = 10_000;
const STOP_MS = 10_000;

const folder = mkdtempSync(join(tmpdir(), "qlp-smoke-"));
const data = join(folder, "data");
const log = join(folder, "log");
const url = `http://127.0.0.1:${await freePort()}`;
const environment = { ...process.env, PORT: new URL(url).port, DATA_DIR: data, DEMO: "1", DATABASE_URL: "" };

const reporter = new Reporter(url);
const months = new Months(url, process.env["DEMO_PASSWORD"] ?? "qlp-demo-password");

try {
  await step("A first start", () => startWithin(COLD_MS));
  await step("A demo log-in", logIn);
  await step("A second start says why not", refuseSecond);
  await step("Usage is reported", () => reporter.prepare());
  await step("kill -9 of everything, in the middle of it", killWhileReporting);
  await step("Back within 10 s", () => startWithin(AGAIN_MS));
  await step("The same log-in", logIn);
  await step(
    "What was acknowledged is there, once",
    () => reporter.proveNothingLost(),
    (proof) => proof,
  );
  await step("kill -9 in the middle of a month", async () => {
    await months.setOut();
    await killAll();
  });
  const last = await step("Back within 10 s once more", () => startWithin(AGAIN_MS));
  await step(
    "The month goes on where it was",
    () => months.arrive(),
    (proof) => proof,
  );
  await step("SIGTERM stops all", () => stopAll(last));
  await step("Reset", reset);
} catch (error) {
  console.error(
    `\n${String(error)}\n\nThe end of the log:\n${readFileSync(log, "utf8").split("\n").slice(-40).join("\n")}`,
  );
  process.exitCode = 1;
} finally {
  await killAll();
  await reset().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
}

function start(): ChildProcess {
  const child = spawn("npx", ["-y", "pnpm@12.21.0", "start"], {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const file = createWriteStream(log, { flags: "a" });
  for (const stream of [child.stdout, child.stderr]) stream.pipe(file, { end: false });
  return child;
}

async function startWithin(patienceMs: number): Promise<ChildProcess> {
  const child = start();
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(100)) {
    if (child.exitCode !== null) throw new Error(`start ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) return child;
  }
  throw new Error(`${url}/health/ready did not answer within ${patienceMs / 1000} s`);
}

async function logIn(): Promise<void> {
  const query = "mutation ($input: LogInInput!) { logIn(input: $input) { __typename ... on Session { token } } }";
  const variables = {
    input: { email: "owner@acme.example", password: process.env["DEMO_PASSWORD"] ?? "qlp-demo-password" },
  };
  const answer = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const text = await answer.text();
  if (!/"token":"[^"]{20,}"/.test(text)) throw new Error(`logIn answered ${answer.status}: ${text}`);
}

function reset(): Promise<string> {
  return run("npx", ["-y", "pnpm@12.21.0", "reset", "--yes"], { env: environment });
}

async function refuseSecond(): Promise<void> {
  const second = spawn("npx", ["-y", "pnpm@12.21.0", "start"], {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  for (const stream of [second.stdout, second.stderr])
    stream.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  if ((await ended(second)) === 0) throw new Error("a second start on the same data folder ended with 0");
  if (!/in use by process \d+/.test(said.join(""))) throw new Error(`a second start says only:\n${said.join("")}`);
}

async function stopAll(child: ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  for (const end = Date.now() + STOP_MS; Date.now() < end; await sleep(100)) if (ours().length === 0) return;
  throw new Error(`still there after ${STOP_MS / 1000} s: ${ours().map(read("cmdline")).join("\n")}`);
}

/** Kills at a moment of its own while four senders report. */
async function killWhileReporting(): Promise<void> {
  const reporting = Promise.all(Array.from({ length: 4 }, () => reporter.reportUntilGone()));
  await sleep(1_000 + Math.random() * 1_500);
  await killAll();
  await reporting;
}

async function killAll(): Promise<void> {
  for (let left = ours(); left.length > 0; left = ours()) {
    for (const pid of left) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It went before we came to it.
      }
    }
    await sleep(100);
  }
}

/** Processes that were given our data folder, name it on their command line, or work in it, as PostgreSQL's do. */
function ours(): number[] {
  // Started by root, PostgreSQL may have its data elsewhere.
  const link = join(data, "postgres");
  const places = existsSync(link) ? [data, realpathSync(link)] : [data];
  const pids = readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid);
  const belongs = (text: string) => places.some((place) => text.includes(place));
  return pids.filter((pid) => [read("environ"), read("cmdline"), read("cwd")].some((part) => belongs(part(pid))));
}

function read(what: "environ" | "cmdline" | "cwd"): (pid: number) => string {
  return (pid) => {
    try {
      return what === "cwd" ? readlinkSync(`/proc/${pid}/cwd`) : readFileSync(`/proc/${pid}/${what}`, "utf8");
    } catch {
      return "";
    }
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
