import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { tryLock } from "../lock.ts";
import { keptSecret, newPassword } from "../secrets.ts";
import { postgresHome } from "./home.ts";
import { startPostgres, type RunningPostgres } from "./start-postgres.ts";

const DATABASE = "qlp";
const LOG_ROTATES_AT_BYTES = 16 * 1024 * 1024;

/** The product's own PostgreSQL, and how to log in to it as its owner. */
export type EmbeddedDatabase = { readonly url: string; readonly note: string; readonly postgres: RunningPostgres };

/**
 * Starts the PostgreSQL of `dataFolder`. Port and password are kept there, so that they survive restarts.
 *
 * @throws Error when another start uses the same cluster, as a copied data folder would
 */
export async function startEmbeddedDatabase(dataFolder: string): Promise<EmbeddedDatabase> {
  const { folder: home, user } = postgresHome(dataFolder);
  const lock = tryLock(join(home, "in-use"));
  if (lock === null)
    throw new Error(`The database in ${home} is in use by another start with a data folder of its own.`);

  const portFile = join(dataFolder, "postgres.port");
  const postgres = await startPostgres({
    home,
    user,
    logFile: rotatedLog(join(dataFolder, "postgres.log")),
    password: keptSecret(dataFolder, "postgres-password", newPassword),
    port: existsSync(portFile) ? Number(readFileSync(portFile, "utf8")) : null,
    isKept: true,
    isDurable: true,
  });
  void postgres.gone.finally(() => lock.release());
  writeFileSync(portFile, `${postgres.port}\n`);
  await ensureDatabase(postgres.urlOf("postgres"));

  const place = home.startsWith(dataFolder) ? "" : `, data in ${home}`;
  const owner = user ? `, as user ${user.uid}` : "";
  return { url: postgres.urlOf(DATABASE), note: `127.0.0.1:${postgres.port}${owner}${place}`, postgres };
}

async function ensureDatabase(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function rotatedLog(file: string): string {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_ROTATES_AT_BYTES) renameSync(file, `${file}.old`);
  return file;
}
