// Runs one benchmark by name: `pnpm bench ingest` runs server/bench/ingest.ts. Without a name it lists them.
import { spawn } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { basename, join } from "node:path";
import { buildServer } from "./build.ts";
import { ended } from "./child.ts";
import { root } from "./settings.ts";

const [name = "", ...args] = process.argv.slice(2);
const cwd = join(root, "server");
const file = join(cwd, "bench", `${basename(name)}.ts`);

if (name !== "" && existsSync(file)) {
  await buildServer(new AbortController().signal);
  const benchmark = spawn(process.execPath, ["--enable-source-maps", file, ...args], { cwd, stdio: "inherit" });
  const how = await ended(benchmark);
  process.exitCode = typeof how === "number" ? how : 1;
} else {
  const names = globSync("*.ts", { cwd: join(cwd, "bench") }).map((path) => basename(path, ".ts"));
  console.error(`Say which benchmark: ${names.toSorted().join(", ") || "there are none yet"}`);
  process.exitCode = 1;
}
