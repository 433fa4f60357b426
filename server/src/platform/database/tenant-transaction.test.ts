import pg, { type Pool } from "pg";
import { describe, expect, test } from "vitest";
import { newWorld, type World } from "../../../test/world.ts";
import { newId } from "../id.ts";
import { inTenantTransaction } from "./tenant-transaction.ts";

/** A connection to a database that hangs up on a lock: all that was sent fails in one instant, the first with the cause. */
function lockedPool(): Pool {
  let failed = false;
  const query = async (text: string): Promise<{ rows: object[] }> => {
    if (/^(BEGIN|ROLLBACK)/.test(text)) return { rows: [] };
    const [code, message] = failed
      ? ["25P02", "current transaction is aborted"]
      : ["55P03", "canceling statement due to lock timeout"];
    failed = true;
    throw Object.assign(new pg.DatabaseError(message, 0, "error"), { code });
  };
  const connection = { stream: { cork: () => undefined, uncork: () => undefined } };
  return { connect: async () => ({ query, connection, release: () => undefined }) } as unknown as Pool;
}

describe("a fault in a transaction", () => {
  test("is told by its cause, though a statement that came after it may be heard first", async () => {
    const work = inTenantTransaction(lockedPool(), newId(), async (sql) => {
      const locked = async () => {
        const rows = await sql("select for update");
        return rows.length;
      };
      await Promise.all([locked(), sql("select what was sent along")]);
    });
    await expect(work).rejects.toMatchObject({ code: "55P03" });
  });

  test("that was got over by a savepoint is not told in place of a later one", async () => {
    const world = await newWorld();
    const { id } = await world.organization();
    const work = inTenantTransaction(world.platform.pool, id, async (sql) => {
      await sql("savepoint before");
      await sql("select 1 / 0 as never").catch(() => undefined);
      await sql("rollback to before");
      await sql("select from no_such_table");
    });
    await expect(work).rejects.toThrow("no_such_table");
  });
});

describe("writes that travel with the commit", () => {
  const RENAME = "update organizations set name = $1";
  const nameOf = async (world: World, id: string): Promise<string> => {
    const rows = await inTenantTransaction(world.platform.pool, id, (sql) =>
      sql<{ name: string }>("select name from organizations"),
    );
    return rows[0]!.name;
  };

  test("are there when the work is answered", async () => {
    const world = await newWorld();
    const { id } = await world.organization();
    const answer = await inTenantTransaction(world.platform.pool, id, async (sql, last) => {
      last(sql(RENAME, ["renamed"]));
      last(sql("update organizations set name = name || $1", [" twice"]));
      return "answer";
    });
    expect(answer).toBe("answer");
    expect(await nameOf(world, id)).toBe("renamed twice");
  });

  test("undo all of it when one of them fails, and tell why", async () => {
    const world = await newWorld();
    const { id } = await world.organization();
    const before = await nameOf(world, id);
    const work = inTenantTransaction(world.platform.pool, id, async (sql, last) => {
      await sql(RENAME, ["waited for"]);
      last(sql("update organizations set name = (1 / 0)::text"));
      last(sql(RENAME, ["after it"]));
    });
    await expect(work).rejects.toThrow("division by zero");
    expect(await nameOf(world, id)).toBe(before);
  });

  test("leave work that fails after them its own fault", async () => {
    const world = await newWorld();
    const { id } = await world.organization();
    const before = await nameOf(world, id);
    const work = inTenantTransaction(world.platform.pool, id, async (sql, last) => {
      last(sql(RENAME, ["renamed"]));
      last(sql("update organizations set name = (1 / 0)::text"));
      throw new Error("its own");
    });
    await expect(work).rejects.toThrow("its own");
    expect(await nameOf(world, id)).toBe(before);
  });
});
