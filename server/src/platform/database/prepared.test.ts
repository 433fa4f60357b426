import type pg from "pg";
import { expect, test, vi } from "vitest";
import { testDatabase } from "../../../test/setup/test-database.ts";
import { createPool } from "./pool.ts";
import { preparedOn } from "./prepared.ts";

const LOOK_UP = "select word from grown where id = $1::int8";

test("a plan that was made of an empty table is made anew once the table has grown", async () => {
  const pool = createPool((await testDatabase()).adminUrl, 1);
  const client = await pool.connect();
  const sql = preparedOn(client, "test");
  try {
    await client.query("create temporary table grown (id int8 primary key, word text)");
    await client.query("analyze grown");
    // From the sixth time on PostgreSQL keeps one plan for all values.
    for (let time = 0; time < 6; time += 1) await sql(LOOK_UP, [1]);
    await client.query("insert into grown select id, 'word' from generate_series(1, 20000) as id");
    expect(await planOf(client)).toMatch(/^Seq Scan/);

    const now = performance.now();
    vi.spyOn(performance, "now").mockReturnValue(now + 3_000);
    expect(await sql(LOOK_UP, [7])).toEqual([{ word: "word" }]);
    expect(await planOf(client)).toMatch(/^Index Scan/);
  } finally {
    vi.restoreAllMocks();
    client.release();
    await pool.end();
  }
});

async function planOf(client: pg.PoolClient): Promise<string> {
  const { rows: prepared } = await client.query<{ name: string }>(
    "select name from pg_prepared_statements where statement = $1",
    [LOOK_UP],
  );
  const { rows } = await client.query<Record<string, string>>(`explain execute "${prepared[0]?.name}" (1)`);
  return rows[0]?.["QUERY PLAN"] ?? "";
}
