// All tests: the server's on PostgreSQL, the app's, and those in a browser, which need both built. `pnpm test`; words
// after it pick test files. With TEST_REPORTS, a folder, the results are also written there for a machine.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { buildAll } from "./build.ts";
import { ended } from "./child.ts";
import { root } from "./settings.ts";
import { step } from "./steps.ts";

const filters = process.argv.slice(2);
const reports = process.env["TEST_REPORTS"];

await step(
  "Build",
  () => buildAll(new AbortController().signal),
  (note) => note,
);
for (const folder of ["server", "admin-ui"]) {
  if ((await vitest(folder)) !== 0) process.exitCode = 1;
}

async function vitest(folder: string): Promise<number | string> {
  const cwd = join(root, folder);
  const report = reports
    ? ["--reporter=default", "--reporter=json", `--outputFile.json=${reports}/${folder}.json`]
    : [];
  const pick = filters.length > 0 ? ["--passWithNoTests", ...filters] : [];
  console.log(`\n${folder}`);
  const tests = spawn(join(cwd, "node_modules", ".bin", "vitest"), ["run", ...report, ...pick], {
    cwd,
    stdio: "inherit",
  });
  return ended(tests);
}
