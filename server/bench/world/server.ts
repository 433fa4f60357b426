import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { startThrowAwayPostgres } from "../../launch/postgres/throw-away.ts";
import { run } from "../../launch/child.ts";

const server = join(import.meta.dirname, "../..");

/** One program that serves HTTP, in a process of its own. */
type Program = {
  readonly url: string;
  /** What its process has had of the processors so far, in milliseconds; null where the system does not tell. */
  readonly cpuMs: () => number | null;
  readonly stop: () => Promise<void>;
};

/** The built product on a PostgreSQL of its own, as durable as the real one. */
export type BenchServer = Program & {
  readonly databaseUrl: string;
  /** Starts one more process of the product on the same PostgreSQL. */
  readonly another: () => Promise<Program>;
};

/** What a bench adds to the server's environment, once it is known where the server will listen. */
type More = (url: string) => Promise<Readonly<Record<string, string>>>;

/** Starts PostgreSQL (fsync on) and the built server in its own process, with an empty, migrated database. */
export async function startBenchServer(more: More = () => Promise.resolve({})): Promise<BenchServer> {
  const postgres = await startThrowAwayPostgres({ isDurable: true });
  const databaseUrl = postgres.urlOf("postgres");
  const env = {
    DATABASE_URL: databaseUrl,
    DATABASE_ADMIN_URL: databaseUrl,
    LOG_LEVEL: "error",
    ROLE: "api",
    DEMO: "0",
    NODE_ENV: "development",
    JWT_KEYS: `bench:${randomBytes(32).toString("hex")}`,
  };
  const another = (): Promise<Program> => startInstance(env, more);
  try {
    await run(process.execPath, ["dist/app/migrate.js"], { cwd: server, env: { ...process.env, ...env } });
    const first = await another();
    const stop = async () => {
      await first.stop();
      await postgres.stop();
    };
    return { ...first, databaseUrl, stop, another };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function startInstance(env: Readonly<Record<string, string>>, more: More): Promise<Program> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  return startProgram("dist/app/main.js", url, "/health/ready", { ...env, PORT: String(port), ...(await more(url)) });
}

/** Starts a program of this folder that serves HTTP on the same PostgreSQL, in its own process. */
export async function startPeer(file: string, databaseUrl: string): Promise<Program> {
  const port = await freePort();
  const env = { DATABASE_URL: databaseUrl, PORT: String(port) };
  const path = join(import.meta.dirname, file);
  return startProgram(path, `http://127.0.0.1:${port}`, "/graphql?query={__typename}", env);
}

async function startProgram(
  file: string,
  url: string,
  probe: string,
  env: Readonly<Record<string, string>>,
): Promise<Program> {
  const program = spawn(process.execPath, [file], {
    cwd: server,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const stop = async () => {
    program.kill("SIGTERM");
    if (program.exitCode === null) await once(program, "exit");
  };
  try {
    await untilReady(`${url}${probe}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, cpuMs: () => cpuMsOf(program.pid), stop };
}

/** A hundred ticks a second, on every Linux we know. */
const MS_PER_TICK = 10;

function cpuMsOf(pid: number | undefined): number | null {
  const file = `/proc/${pid ?? "self"}/stat`;
  if (!existsSync(file)) return null;
  // After the name in brackets, which may hold spaces: fields 14 and 15 count from the one before.
  const fields = readFileSync(file, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; attempt < 900; attempt += 1) {
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
