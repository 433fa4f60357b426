// Adds up vitest's reports, one folder for each run, and prints the closing line. A step that failed without a failed
// test, and a run without any test, count as one failure each.
import { globSync, readFileSync } from "node:fs";

const [failedSteps, ...runs] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let emptyRuns = 0;
for (const folder of runs) {
  const reports = globSync(`${folder}/*.json`).map((file) => JSON.parse(readFileSync(file, "utf8")));
  const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
  passed += sum("numPassedTests");
  failed += sum("numFailedTests");
  if (sum("numTotalTests") === 0) emptyRuns += 1;
}
failed = Math.max(failed, Number(failedSteps) + emptyRuns);

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
