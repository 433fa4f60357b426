import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "./child.ts";
import { withLock } from "./lock.ts";
import { root } from "./settings.ts";

type Target = {
  readonly folder: string;
  readonly command: readonly [string, ...string[]];
  /** Glob patterns of all that the result depends on. */
  readonly inputs: readonly string[];
};

const shared = ["pnpm-lock.yaml", "tsconfig.json"];

const server: Target = {
  folder: "server",
  command: ["tsc", "--project", "tsconfig.build.json"],
  inputs: [...shared, "server/tsconfig*.json", "server/src/**/*"],
};

const app: Target = {
  folder: "admin-ui",
  command: ["vite", "build", "--logLevel", "warn"],
  inputs: [...shared, "admin-ui/*", "admin-ui/{src,public}/**/*"],
};

/**
 * Builds the server and the app, both at once, each only when something it is made of has changed.
 *
 * @returns what was built, for the person who waits
 * @throws Error with the compiler's output
 */
export const buildAll = (signal: AbortSignal): Promise<string> => buildEach([server, app], signal);

/** Builds the server alone, as `buildAll` does. */
export const buildServer = (signal: AbortSignal): Promise<string> => buildEach([server], signal);

/** For when something else has written into the server's `dist`: the next build starts afresh. */
export const forgetServerBuild = (): void => rmSync(stampOf(server), { force: true });

/** Names the server as it was built last. */
export const builtServer = (): string => readFileSync(stampOf(server), "utf8");

const stampOf = ({ folder }: Target): string => join(root, folder, "dist", ".built-from");

function buildEach(targets: readonly Target[], signal: AbortSignal): Promise<string> {
  // Two starts from one checkout share its `dist` folders: the second waits and finds the work done.
  return withLock(join(root, "node_modules", ".cache", "build.lock"), async () => {
    const built = await Promise.all(targets.map((target) => build(target, signal)));
    return built.every((isNew) => !isNew) ? "nothing has changed" : "";
  });
}

async function build(target: Target, signal: AbortSignal): Promise<boolean> {
  const { folder, inputs } = target;
  const [program, ...args] = target.command;
  const stamp = stampOf(target);
  const wanted = fingerprint(inputs);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false;

  // A file whose source is gone must not stay: the server would still find it.
  rmSync(dirname(stamp), { recursive: true, force: true });
  const cwd = join(root, folder);
  await run(join(cwd, "node_modules", ".bin", program), args, { cwd, signal });
  writeFileSync(stamp, wanted);
  return true;
}

function fingerprint(inputs: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of globSync([...inputs], { cwd: root }).toSorted()) {
    const file = join(root, path);
    if (statSync(file).isFile()) hash.update(`${path}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}
