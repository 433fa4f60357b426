import { chownSync, chmodSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { dataFolder } from "./cluster.ts";
import { postmasterPid } from "./leftover.ts";
import { startPostgres, type PostgresPlan } from "./start-postgres.ts";
import { postgresUser } from "./system-user.ts";

function newPlan(): PostgresPlan {
  const user = postgresUser();
  const home = join(mkdtempSync(join(tmpdir(), "postgres-")), "home");
  mkdirSync(home);
  chmodSync(dirname(home), 0o755);
  if (user) chownSync(home, user.uid, user.gid);
  return {
    home,
    user,
    logFile: join(dirname(home), "log"),
    password: "secret",
    port: null,
    isKept: true,
    isDurable: true,
  };
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test("what was committed survives a kill -9, and nothing of the old server is in the way", async () => {
  const plan = newPlan();
  const first = await startPostgres(plan);
  await query(first.urlOf("postgres"), "create table fact as select 42 as answer");
  process.kill(postmasterPid(dataFolder(plan.home)) ?? 0, "SIGKILL");
  await first.gone;

  const second = await startPostgres(plan);
  try {
    expect(await query(second.urlOf("postgres"), "select answer from fact")).toEqual([{ answer: 42 }]);
  } finally {
    await second.stop();
  }
});

test("a server that others left running is stopped before ours starts", async () => {
  const plan = newPlan();
  const left = await startPostgres(plan);
  const ours = await startPostgres(plan);
  try {
    await left.gone;
    expect(await query(ours.urlOf("postgres"), "show fsync")).toEqual([{ fsync: "on" }]);
  } finally {
    await ours.stop();
  }
});
