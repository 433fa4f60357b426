// All tests: the stand-in's, the server's on PostgreSQL, the app's, and those in a browser, which need both built.
// `pnpm test`; words after it pick test files. With TEST_REPORTS, a folder, the results are also written there for a
// machine.
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
for (const folder of ["stripe-local", "server", "admin-ui"]) {
  if (!stopping.aborted && (await vitest(folder)) !== 0) process.exitCode = 1;
}
if (stopping.aborted) process.exitCode = 1;

async function vitest(folder: string): Promise<number | string> {
  const report = reports
    ? ["--reporter=default", "--reporter=json", `--outputFile.json=${reports}/${folder}.json`]
    : [];
  const pick = filters.length > 0 ? ["--passWithNoTests", ...filters] : [];
  console.log(`\n${folder}`);
  const tests = startNode(["node_modules/vitest/vitest.mjs", "run", ...report, ...pick], { cwd: join(root, folder) });
  await Promise.race([ended(tests), aborted(stopping)]);
  if (stopping.aborted) await stop(tests, STOP_PATIENCE_MS);
  return ended(tests);
}
