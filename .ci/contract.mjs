// Compares schema.graphql with the contract, as far as the product goes by now: the promises that are still pending are
// listed beside this file, exactly as the check words them, and the list can only become shorter.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [check] = process.argv.slice(2);
const pendingFile = new URL("contract-pending.txt", import.meta.url);
const linesOf = (text) => text.split("\n").filter((line) => line.trim() !== "");

const pending = new Set(linesOf(readFileSync(pendingFile, "utf8")));
const broken = new Set(linesOf(run(check)).filter((line) => /^[A-Z_]+: /.test(line)));

const unexpected = [...broken].filter((line) => !pending.has(line));
const held = [...pending].filter((line) => !broken.has(line));
for (const line of unexpected) console.log(`not held: ${line}`);
for (const line of held) console.log(`held by now, take it off .ci/contract-pending.txt: ${line}`);
console.log(`${unexpected.length} promises broken, ${pending.size - held.length} pending`);
process.exitCode = unexpected.length + held.length === 0 ? 0 : 1;

function run(script) {
  try {
    return execFileSync(process.execPath, [script], { encoding: "utf8" });
  } catch (error) {
    // It ends with 1 when a promise is not held; anything else it says is a fault of its own.
    if (error.status === 1 && /promises not held/.test(error.stdout)) return error.stdout;
    throw error;
  }
}
