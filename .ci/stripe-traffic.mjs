// Adds up what the checker of Stripe's interface saw during the tests: a line of JSON for each product and stand-in.
// Fails when it saw nothing, or an error.
import { readFileSync } from "node:fs";

const [file] = process.argv.slice(2);
const runs = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line));
const sum = (key) => runs.reduce((total, run) => total + run[key], 0);
const kinds = {};
for (const { byKind } of runs)
  for (const [kind, count] of Object.entries(byKind)) kinds[kind] = (kinds[kind] ?? 0) + count;

console.log(
  `${runs.length} runs, ${sum("requests")} requests, ${sum("deliveries")} webhooks: ${sum("errors")} errors, ${sum("warnings")} warnings`,
);
for (const [kind, count] of Object.entries(kinds)) console.log(`  ${kind}: ${count}`);
process.exitCode = sum("requests") > 0 && sum("deliveries") > 0 && sum("errors") === 0 ? 0 : 1;
