import "reflect-metadata";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startThrowAwayPostgres } from "../../launch/postgres/throw-away.ts";
import { migrateDatabase } from "../../src/app/migrate-database.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A migrated database, to clone and never to connect to. */
    readonly templateUrl: string;
  }
}

/** Starts PostgreSQL, or uses the one in TEST_DATABASE_URL, and migrates the template every test database is cloned from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env["TEST_DATABASE_URL"];
  const postgres = given ? null : await startThrowAwayPostgres();
  // What tests and browsers leave in the folder for temporary files goes with the database, also after a kill -9.
  const scratch = postgres?.scratch ?? (await mkdtemp(join(tmpdir(), "qlp-test-")));
  process.env["TMPDIR"] = scratch;
  const template = `qlp_test_${randomBytes(4).toString("hex")}`;
  const server = new URL(given ?? postgres?.urlOf("postgres") ?? "");

  const teardown = async () => {
    if (given) await dropDatabases(given, template);
    await rm(scratch, { recursive: true, force: true });
    await postgres?.stop();
  };
  try {
    await onServer(server.href, (client) => client.query(`create database ${template}`));
    const templateUrl = Object.assign(new URL(server), { pathname: `/${template}` }).href;
    await migrateDatabase(templateUrl);
    project.provide("templateUrl", templateUrl);
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
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
