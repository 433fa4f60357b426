import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { startThrowAwayPostgres } from "../../launch/postgres/throw-away.ts";
import { run } from "../../launch/child.ts";

const server = join(import.meta.dirname, "../..");

/** One process of the built product. */
export type Instance = { readonly url: string; readonly stop: () => Promise<void> };

/** The built product on a PostgreSQL of its own, as durable as the real one. */
export type BenchServer = Instance & {
  readonly databaseUrl: string;
  /** Starts one more process on the same PostgreSQL. */
  readonly another: () => Promise<Instance>;
};

/** What a bench adds to the server's environment, once it is known where the server will listen. */
type More = (url: string) => Promise<Readonly<Record<string, string>>>;

/** Starts PostgreSQL (fsync on) and the built server in its own process, with an empty, migrated database. */
export async function startBenchServer(more: More = () => Promise.resolve({})): Promise<BenchServer> {
  const postgres = await startThrowAwayPostgres({ isDurable: true });
  const databaseUrl = postgres.urlOf("postgres");
  const keys = { JWT_KEYS: `bench:${randomBytes(32).toString("hex")}` };
  const start = async (): Promise<Instance> => startInstance(databaseUrl, keys, more);
  try {
    await run(process.execPath, ["dist/app/migrate.js"], { cwd: server, env: environment(databaseUrl, keys) });
    const first = await start();
    const stop = async () => {
      await first.stop();
      await postgres.stop();
    };
    return { url: first.url, databaseUrl, stop, another: start };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

const environment = (databaseUrl: string, more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...process.env,
  DATABASE_URL: databaseUrl,
  DATABASE_ADMIN_URL: databaseUrl,
  LOG_LEVEL: "error",
  ROLE: "api",
  DEMO: "0",
  NODE_ENV: "development",
  ...more,
});

async function startInstance(
  databaseUrl: string,
  keys: Readonly<Record<string, string>>,
  more: More,
): Promise<Instance> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const product = spawn(process.execPath, ["dist/app/main.js"], {
    cwd: server,
    env: environment(databaseUrl, { PORT: String(port), ...keys, ...(await more(url)) }),
    stdio: ["ignore", "inherit", "inherit"],
  });
  const stop = async () => {
    product.kill("SIGTERM");
    if (product.exitCode === null) await once(product, "exit");
  };
  try {
    await untilReady(`${url}/health/ready`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

/** Starts a program of this folder that serves HTTP on the same PostgreSQL, in its own process. */
export async function startPeer(
  file: string,
  databaseUrl: string,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const program = spawn(process.execPath, [join(import.meta.dirname, file)], {
    env: { ...process.env, DATABASE_URL: databaseUrl, PORT: String(port) },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const stop = async () => {
    program.kill("SIGTERM");
    if (program.exitCode === null) await once(program, "exit");
  };
  try {
    await untilReady(`${url}/graphql?query={__typename}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const ready = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the server did not become ready");
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
