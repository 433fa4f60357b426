// The product while it is being changed: everything is rebuilt and restarted on its own. `pnpm dev`.
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { forgetServerBuild } from "./build.ts";
import { ended, startNode, stop } from "./child.ts";
import { prepare } from "./prepare.ts";
import { root } from "./settings.ts";
import { aborted, stopSignal } from "./signals.ts";

const STOP_PATIENCE_MS = 6_000;

const stopping = stopSignal();
try {
  const { url, environment, release } = await prepare(stopping);
  forgetServerBuild();
  const children = [
    watch("server", ["tsc", "--project", "tsconfig.build.json", "--watch", "--preserveWatchOutput"]),
    startNode(["--watch", "dist/app/main.js"], { env: environment }),
    watch("admin-ui", ["vite"], { API_URL: url }),
  ];
  console.log(`\nThe API is at ${url}; the app, with live changes, at the address that Vite prints.`);
  await Promise.race([aborted(stopping), ...children.map(ended)]);
  await Promise.all(children.map((child) => stop(child, STOP_PATIENCE_MS)));
  await release();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
process.exit();

function watch(folder: string, [program = "", ...args]: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const cwd = join(root, folder);
  return spawn(join(cwd, "node_modules", ".bin", program), args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
}
