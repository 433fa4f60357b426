// Everything a machine can judge without running the product, at severity error. `pnpm check`.
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { buildAll } from "./build.ts";
import { run } from "./child.ts";
import { startThrowAwayPostgres } from "./postgres/throw-away.ts";
import { printSchema } from "./print-schema.ts";
import { root } from "./settings.ts";
import { step } from "./steps.ts";

const bin = join(root, "node_modules", ".bin");
const server = join(root, "server");
const app = join(root, "admin-ui");
const standIn = join(root, "stripe-local");

const tool = (name: string, args: readonly string[], cwd = root) => run(join(bin, name), args, { cwd });
const cruise = (folders: readonly string[], cwd: string) =>
  tool("depcruise", ["--config", ".dependency-cruiser.mjs", "--", ...folders], cwd);

const building = buildAll(new AbortController().signal);
const built = building.catch(() => Promise.reject(new Error("It needs the build, which failed.")));
// A build that fails before anybody waits for it is still only one broken check.
built.catch(() => undefined);

const checks: Record<string, () => Promise<unknown>> = {
  build: () => building,
  format: () => tool("oxfmt", ["--check"]),
  lint: () => tool("oxlint", []),
  "types of the server": () => tool("tsc", ["--project", "."], server),
  "types of the app": () => tool("tsc", ["--project", "."], app),
  "types of the stand-in": () => tool("tsc", ["--project", "."], standIn),
  "types of the root": () => tool("tsc", ["--project", "."]),
  "layers of the server": () => cruise(["src", "launch", "test", "bench"], server),
  "layers of the app": () => cruise(["src"], app),
  "layers of the stand-in": () => cruise(["src", "contract", "test"], standIn),
  "dead code": () => tool("knip", []),
  "generated documents": () => tool("graphql-codegen", ["--check", "--errors-only"]),
  "printed schema": () => built.then(schemaIsPrinted),
  migrations: () => built.then(migrationsMatch),
};

async function schemaIsPrinted(): Promise<void> {
  const committed = await readFile(join(root, "schema.graphql"), "utf8");
  if (committed !== (await printSchema())) throw new Error("schema.graphql is not what the code says: pnpm schema");
}

/** An empty database migrates up, and then the entities have nothing to add. */
async function migrationsMatch(): Promise<void> {
  const postgres = await startThrowAwayPostgres();
  try {
    const url = postgres.urlOf("postgres");
    const env = { ...process.env, DATABASE_URL: url, DATABASE_ADMIN_URL: url, JWT_KEYS: `check:${"x".repeat(64)}` };
    for (const name of ["migrate", "check-migrations"]) {
      await run(process.execPath, ["--enable-source-maps", `dist/app/${name}.js`], { cwd: server, env });
    }
  } finally {
    await postgres.stop();
  }
}

const failures: string[] = [];
const waiting = Object.entries(checks);
const worker = async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, work] = next;
    await step(name, work).catch((error: unknown) => {
      failures.push(name);
      console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
    });
  }
};
await Promise.all(Array.from({ length: availableParallelism() }, worker));

console.log(failures.length === 0 ? "\nAll checks hold." : `\nBroken: ${failures.join(", ")}`);
process.exitCode = failures.length === 0 ? 0 : 1;
