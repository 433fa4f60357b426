import { expect, onTestFinished, test } from "vitest";
import { Database } from "./database.ts";
import { GroupCommit } from "./group-commit.ts";

function newGroup() {
  const database = new Database(":memory:");
  onTestFinished(() => database.close());
  const names = () => database.rows("select name from counters order by name").map(({ name }) => name);
  const write = (name: string) => database.run("insert into counters (name, value) values (?, 1)", name);
  return { database, group: new GroupCommit(database), names, write };
}

test("of those that share a commit, one that fails takes back its own work and nobody else's", async () => {
  const { group, names, write } = newGroup();
  const outcomes = await Promise.allSettled([
    group.run(() => write("a")),
    group.run(() => {
      write("b");
      throw new Error("no");
    }),
    group.run(() => write("c")),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(names()).toEqual(["a", "c"]);
});

test("nothing is answered before it is committed, and all fail when the commit does", async () => {
  const { database, group, names, write } = newGroup();
  const seen: boolean[] = [];
  const note = (run: Promise<unknown>) => run.then(() => seen.push(database.isInTransaction));
  await Promise.all([note(group.run(() => write("a"))), note(group.run(() => write("b")))]);
  expect(seen).toEqual([false, false]);

  // A reference that is checked at the commit alone, to an object that is not there.
  database.exec(
    "pragma foreign_keys = on; create table later (id text references counters (name) deferrable initially deferred)",
  );
  const outcomes = await Promise.allSettled([
    group.run(() => write("c")),
    group.run(() => database.run("insert into later (id) values ('nobody')")),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(names()).toEqual(["a", "b"]);
});

test("a transaction inside another is taken back alone", () => {
  const { database, names, write } = newGroup();
  database.transaction(() => {
    write("outer");
    expect(() =>
      database.transaction(() => {
        write("inner");
        throw new Error("no");
      }),
    ).toThrow("no");
  });
  expect(names()).toEqual(["outer"]);
});
