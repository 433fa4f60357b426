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
  await first.claim("first");
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

test("the jobs of one that was killed beside another are given back by the other, and its own are not", async () => {
  const [killed, living] = [await releaseOrphans(adminUrl, log, 20), await releaseOrphans(adminUrl, log, 20)];
  await Promise.all([killed.claim("killed"), living.claim("living")]);
  const hold = (key: string, pool: string, seconds: number) =>
    client.query(
      "update graphile_worker._private_jobs set locked_at = now() - make_interval(secs => $3), locked_by = $2 where key = $1",
      [key, pool, seconds],
    );
  await client.query("select graphile_worker.add_job('orphan', job_key => 'its own')");
  await hold("its own", "living", 60);
  await hold("orphan", "killed", 60);
  await client.query("select pg_sleep(0.2)");
  expect(await holder()).toBe("killed");

  await killed.end();
  await expect.poll(holder).toBeNull();
  await hold("orphan", "just begun", 0);
  await client.query("select pg_sleep(0.2)");
  expect(await holder()).toBe("just begun");
  const { rows } = await client.query("select locked_by from graphile_worker.jobs where key = 'its own'");
  expect(rows).toEqual([{ locked_by: "living" }]);
  await living.end();
});

test("a worker hears that its sign of life is gone", async () => {
  const alive = await releaseOrphans(adminUrl, log);
  await alive.claim("a pool");
  await client.query(
    "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid() and database = (select oid from pg_database where datname = current_database())",
  );
  await expect(alive.lost).resolves.toBeUndefined();
});
