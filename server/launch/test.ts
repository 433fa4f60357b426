// All tests: the stand-in's, the server's on PostgreSQL, the app's, and those in a browser, which need both built.
// `pnpm test`; words after it pick test files. With TEST_REPORTS, a folder, the results are also written there for a
// machine.
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { buildAll } from "./build.ts";
import { ended, startNode, stop } from "./child.ts";
import { root } from "./settings.ts";
import { aborted, stopSignal } from "./signals.ts";
import { step } from "./steps.ts";

const STOP_PATIENCE_MS = 8_000;

const filters = process.argv.slice(2);
const reports = process.env["TEST_REPORTS"];
const stopping = stopSignal();

await step(
  "Build",
  () => buildAll(stopping),
  (note) => note,
);
// What Node compiles of the packages is kept for the next test file, which has a process of its own.
process.env["NODE_COMPILE_CACHE"] ??= join(root, "node_modules", ".cache", "compiled");

await inTurn("server", "server", ["--project=server", "--project=browser"]);
// Those wait for most of their time, so the others run beside them; they print when they are through.
const faults = stopping.aborted ? null : faultTests();
await inTurn("stripe-local");
await inTurn("admin-ui");
await inTurn("server", "browser-clock", ["--project=browser-clock"]);
const printed = await faults;
if (printed !== null) console.log(`\nserver, faults\n${printed}`);
if (stopping.aborted) process.exitCode = 1;

async function inTurn(folder: string, name = folder, more: readonly string[] = []): Promise<void> {
  if (stopping.aborted) return;
  console.log(`\n${folder === name ? name : `${folder}, ${name}`}`);
  await untilEnd(vitest(folder, name, more));
}

/** @returns what the tests of faults printed */
async function faultTests(): Promise<string> {
  const tests = vitest("server", "faults", ["--project=faults"], "pipe");
  const output: Buffer[] = [];
  for (const stream of [tests.stdout, tests.stderr]) stream?.on("data", (chunk: Buffer) => output.push(chunk));
  await untilEnd(tests);
  return Buffer.concat(output).toString();
}

function vitest(
  folder: string,
  name: string,
  more: readonly string[],
  output: "inherit" | "pipe" = "inherit",
): ChildProcess {
  const report = reports ? ["--reporter=default", "--reporter=json", `--outputFile.json=${reports}/${name}.json`] : [];
  const pick = filters.length > 0 ? ["--passWithNoTests", ...filters] : [];
  const cwd = join(root, folder);
  return startNode(["node_modules/vitest/vitest.mjs", "run", ...more, ...report, ...pick], { cwd, output });
}

async function untilEnd(tests: ChildProcess): Promise<void> {
  await Promise.race([ended(tests), aborted(stopping)]);
  if (stopping.aborted) await stop(tests, STOP_PATIENCE_MS);
  if ((await ended(tests)) !== 0) process.exitCode = 1;
}
