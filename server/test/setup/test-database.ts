import pg from "pg";
import { inject } from "vitest";
import { apiUrl } from "../../src/platform/database/api-url.ts";
import { afterFile } from "./after-file.ts";

export type TestDatabase = {
  /** The owner of the schema, whom row-level security does not hold. */
  readonly adminUrl: string;
  /** The login role of the API. */
  readonly url: string;
};

let database: Promise<TestDatabase> | null = null;

/**
 * The database of this test file: migrated, empty, and nobody else's.
 *
 * Cloned from the template when first asked for; the files a worker runs one after the other use the same name, so
 * that no more than one database exists for each worker.
 */
export function testDatabase(): Promise<TestDatabase> {
  database ??= clone();
  afterFile(async () => {
    database = null;
  });
  return database;
}

async function clone(): Promise<TestDatabase> {
  const template = new URL(inject("templateUrl"));
  const templateName = template.pathname.slice(1);
  const name = `${templateName}_${process.env["VITEST_POOL_ID"] ?? "1"}`;

  const client = new pg.Client({ connectionString: Object.assign(new URL(template), { pathname: "/postgres" }).href });
  await client.connect();
  try {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name} template ${templateName} strategy file_copy`);
  } finally {
    await client.end();
  }
  const adminUrl = Object.assign(new URL(template), { pathname: `/${name}` }).href;
  return { adminUrl, url: apiUrl(adminUrl) };
}
