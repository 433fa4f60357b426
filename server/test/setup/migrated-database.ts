import "reflect-metadata";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startThrowAwayPostgres } from "../../launch/postgres/throw-away.ts";
import { migrateDatabase } from "../../src/app/migrate-database.ts";

export type MigratedDatabase = { readonly url: string; readonly stop: () => Promise<void> };

/**
 * Starts PostgreSQL, or uses the one in TEST_DATABASE_URL, and makes a migrated, empty database there. Both go with
 * `stop`, and so do the databases whose names begin with its name.
 */
export async function startMigratedDatabase(): Promise<MigratedDatabase> {
  const name = `qlp_test_${randomBytes(4).toString("hex")}`;
  const given = process.env["TEST_DATABASE_URL"];
  const { serverUrl, scratch, stop } = given ? await borrow(given, name) : await startOwn();
  // What tests and browsers leave in the folder for temporary files goes with the run, also after a kill -9.
  process.env["TMPDIR"] = scratch;
  try {
    await onServer(serverUrl, (client) => client.query(`create database ${name}`));
    const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
    await migrateDatabase(url);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Server = { readonly serverUrl: string; readonly scratch: string; readonly stop: () => Promise<void> };

async function startOwn(): Promise<Server> {
  const { urlOf, scratch, stop } = await startThrowAwayPostgres();
  return { serverUrl: urlOf("postgres"), scratch, stop };
}

async function borrow(serverUrl: string, name: string): Promise<Server> {
  const scratch = await mkdtemp(join(tmpdir(), "qlp-test-"));
  const stop = async () => {
    await rm(scratch, { recursive: true, force: true });
    await dropDatabases(serverUrl, name);
  };
  return { serverUrl, scratch, stop };
}

async function dropDatabases(serverUrl: string, prefix: string): Promise<void> {
  await onServer(serverUrl, async (client) => {
    const like = "select datname from pg_database where starts_with(datname, $1)";
    const { rows } = await client.query<{ datname: string }>(like, [prefix]);
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
  });
}

async function onServer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
