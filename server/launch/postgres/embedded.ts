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
export type EmbeddedDatabase = {
  readonly url: string;
  readonly note: string;
  readonly postgres: RunningPostgres;
  /** What the database was last made ready for; empty when it is new. */
  readonly readyFor: string;
  readonly setReadyFor: (what: string) => Promise<void>;
};

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
  const url = postgres.urlOf(DATABASE);
  const readyFor = await onServer(postgres.urlOf("postgres"), ensureDatabase);

  const place = home.startsWith(dataFolder) ? "" : `, data in ${home}`;
  const owner = user ? `, as user ${user.uid}` : "";
  const note = `127.0.0.1:${postgres.port}${owner}${place}`;
  return { url, note, postgres, readyFor, setReadyFor: (what) => onServer(url, setComment(what)) };
}

/** The database's comment says what it is ready for: it is lost with the database, and with nothing less. */
async function ensureDatabase(client: pg.Client): Promise<string> {
  const known = "select shobj_description(oid, 'pg_database') as comment from pg_database where datname = $1";
  const { rows } = await client.query<{ comment: string | null }>(known, [DATABASE]);
  if (rows.length === 0) await client.query(`create database ${DATABASE}`);
  return rows[0]?.comment ?? "";
}

const setComment = (what: string) => async (client: pg.Client) => {
  await client.query(`comment on database ${DATABASE} is ${client.escapeLiteral(what)}`);
};

async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function rotatedLog(file: string): string {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_ROTATES_AT_BYTES) renameSync(file, `${file}.old`);
  return file;
}
