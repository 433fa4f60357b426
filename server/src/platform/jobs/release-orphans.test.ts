import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testDatabase } from "../../../test/setup/test-database.ts";
import { createLog } from "../log.ts";
import { releaseOrphans } from "./release-orphans.ts";

const log = createLog("silent");
let adminUrl: string;
let client: pg.Client;

beforeAll(async () => {
  ({ adminUrl } = await testDatabase());
  client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
});
afterAll(() => client.end());

/** A job that a worker had taken when it was killed. */
beforeEach(async () => {
  await client.query("select graphile_worker.add_job('orphan', job_key => 'orphan')");
  await client.query(
    "update graphile_worker._private_jobs set locked_at = now(), locked_by = 'killed' where key = 'orphan'",
  );
});

const holder = async (): Promise<string | null> =>
  (await client.query("select locked_by from graphile_worker.jobs where key = 'orphan'")).rows[0].locked_by;

test("the jobs of a killed worker are free again when the next one starts", async () => {
  const alive = await releaseOrphans(adminUrl, log);
  expect(await holder()).toBeNull();
  await alive.end();
});

test("what may be in the hands of a worker that lives is left to it", async () => {
  const first = await releaseOrphans(adminUrl, log);
  await client.query(
    "update graphile_worker._private_jobs set locked_at = now(), locked_by = 'first' where key = 'orphan'",
  );
  const second = await releaseOrphans(adminUrl, log);
  expect(await holder()).toBe("first");
  await first.end();
  await second.end();
  const third = await releaseOrphans(adminUrl, log);
  expect(await holder()).toBeNull();
  await third.end();
});
