// Forgets everything: the database, stored files, generated secrets. `pnpm reset`, with --yes without asking.
import { existsSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { lockFile, takeDataFolder } from "./data-folder.ts";
import { dataFolder as clusterData } from "./postgres/cluster.ts";
import { stopLeftover } from "./postgres/leftover.ts";
import { readSettings } from "./settings.ts";

const { values } = parseArgs({ options: { yes: { type: "boolean", short: "y", default: false } } });
try {
  await reset(values.yes);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function reset(isAgreed: boolean): Promise<void> {
  const { DATA_DIR: folder, DATABASE_URL } = readSettings();
  // Only what a start has made: DATA_DIR may point to any folder by mistake.
  if (!existsSync(lockFile(folder))) return console.log(`Nothing to reset: ${folder} holds no data of this product.`);

  const lock = takeDataFolder(folder, "http://127.0.0.1");
  const link = join(folder, "postgres");
  const cluster = existsSync(link) ? realpathSync(link) : null;
  const lost = [folder, ...(cluster?.startsWith(folder) === false ? [cluster] : [])].join(" and ");
  if (DATABASE_URL) console.log("The database in DATABASE_URL is not ours and stays as it is.");
  if (!isAgreed && !(await agrees(`All data in ${lost} will be lost.`))) {
    lock.release();
    return console.log("Nothing was changed.");
  }

  if (cluster) {
    await stopLeftover(clusterData(cluster));
    rmSync(cluster, { recursive: true, force: true });
  }
  lock.release();
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  console.log(`Emptied ${lost}.`);
}

async function agrees(consequence: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error(`${consequence} Say --yes when nobody can be asked.`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${consequence} Type "yes" to go on: `);
  terminal.close();
  return answer.trim().toLowerCase() === "yes";
}
