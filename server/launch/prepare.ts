import { createHash } from "node:crypto";
import { join } from "node:path";
import { buildAll, builtServer } from "./build.ts";
import { run } from "./child.ts";
import { takeDataFolder } from "./data-folder.ts";
import { requireFreePort } from "./port.ts";
import { startEmbeddedDatabase, type EmbeddedDatabase } from "./postgres/embedded.ts";
import { keptSecret, newJwtKeys, newMasterKeys } from "./secrets.ts";
import { readSettings, root, type Settings } from "./settings.ts";
import { startStandIn, type RunningStandIn } from "./stand-in.ts";
import { step } from "./steps.ts";

/** Everything the server needs, ready: its environment, and the way to put it all away again. */
export type Prepared = {
  readonly settings: Settings;
  readonly url: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Resolves when the database has gone by itself; never, when it is not ours. */
  readonly databaseGone: Promise<void>;
  readonly release: () => Promise<void>;
};

/** After a kill -9 of the launcher alone its server still finishes what it was doing. */
const LEAVING_SERVER_PATIENCE_MS = 10_000;

/**
 * Takes the data folder, starts the database, builds, migrates and seeds.
 *
 * @throws Error with what is wrong and what to do about it; nothing stays behind
 */
export async function prepare(signal: AbortSignal): Promise<Prepared> {
  const settings = readSettings();
  const { HOST, PORT, DATA_DIR } = settings;
  const url = urlOf(HOST, PORT);
  const folder = takeDataFolder(DATA_DIR, url);
  let embedded: EmbeddedDatabase | null = null;
  let standIn: RunningStandIn | null = null;
  const release = async () => {
    await standIn?.stop();
    await embedded?.postgres.stop();
    folder.release();
  };

  try {
    await requireFreePort(HOST, PORT, folder.wasAbandoned ? LEAVING_SERVER_PATIENCE_MS : 0);
    const building = step(
      "Build",
      () => buildAll(signal),
      (note) => note,
    );
    const starting = settings.DATABASE_URL ? null : startDatabase(DATA_DIR);
    const standing = settings.STRIPE_SECRET_KEY === undefined ? startStripe(settings, url, folder.wasAbandoned) : null;
    // All are waited for, also when one fails: what is still starting has to be stopped.
    const [, started, stood] = await Promise.allSettled([building, starting, standing]);
    if (started.status === "fulfilled") embedded = started.value;
    if (stood.status === "fulfilled") standIn = stood.value;
    await Promise.all([building, starting, standing]);

    const environment = { ...environmentFor(settings, embedded), ...standIn?.environment };
    await fillDatabase(settings, embedded, environment, signal);
    return { settings, url, environment, databaseGone: embedded?.postgres.gone ?? new Promise(() => {}), release };
  } catch (error) {
    await release();
    throw error;
  }
}

const startStripe = (settings: Settings, url: string, wasAbandoned: boolean): Promise<RunningStandIn> =>
  step(
    "Stand-in for Stripe",
    () => startStandIn(settings, url, wasAbandoned ? LEAVING_SERVER_PATIENCE_MS : 0),
    ({ note }) => note,
  );

const startDatabase = (dataFolder: string): Promise<EmbeddedDatabase> =>
  step(
    "PostgreSQL",
    () => startEmbeddedDatabase(dataFolder),
    ({ note }) => note,
  );

function environmentFor(settings: Settings, embedded: EmbeddedDatabase | null): NodeJS.ProcessEnv {
  const { HOST, PORT, DATA_DIR, DEMO, NODE_ENV, JWT_KEYS, MASTER_KEYS } = settings;
  return {
    ...process.env,
    ...(embedded && { DATABASE_URL: embedded.url, DATABASE_ADMIN_URL: embedded.url }),
    HOST,
    PORT: String(PORT),
    DATA_DIR,
    NODE_ENV,
    DEMO: DEMO ? "1" : "0",
    JWT_KEYS: JWT_KEYS ?? keptSecret(DATA_DIR, "jwt-keys", newJwtKeys),
    MASTER_KEYS: MASTER_KEYS ?? keptSecret(DATA_DIR, "master-keys", newMasterKeys),
  };
}

/** Our own database is left alone when this server, under this address, has made it ready before. */
async function fillDatabase(
  { DEMO }: Settings,
  embedded: EmbeddedDatabase | null,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  const wanted = createHash("sha256").update(`${builtServer()} ${embedded?.url} ${DEMO}`).digest("hex");
  const isReady = embedded?.readyFor === wanted;
  const program = (name: string) => async () => {
    const options = { cwd: join(root, "server"), env, signal };
    if (!isReady) await run(process.execPath, ["--enable-source-maps", `dist/app/${name}.js`], options);
  };
  const outcome = () => (isReady ? "nothing has changed" : "");
  await step("Migrations", program("migrate"), outcome);
  if (DEMO) await step("Demo world", program("seed"), outcome);
  if (!isReady) await embedded?.setReadyFor(wanted);
}

/** What to type into a browser on this machine. */
function urlOf(host: string, port: number): string {
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
