import fc from "fast-check";
import { expect, test } from "vitest";
import { newWorld } from "../../../test/world.ts";
import { newId } from "../id.ts";
import { platformEntities, publicEntities, tenantEntities } from "../scope.ts";
import { STAFF_ROLE, TENANT_ROLE } from "./policies.ts";
import { beginReading, Reading, readingOf } from "./reading.ts";
import { instantFromText } from "./row.ts";
import { sqlIn } from "./sql.ts";

const NAMES = "select id from organizations where id = any($1::uuid[])";

test("reads see what their session may see, whoever had the connection before", async () => {
  const world = await newWorld();
  const [a, b] = [await world.organization(), await world.organization()];
  const both = [`{${a.id},${b.id}}`];
  const read = async (em: ReturnType<typeof tenantEntities>): Promise<unknown[]> => {
    beginReading(world.platform.readPool, em);
    const rows = await sqlIn(em)<{ id: string }>(NAMES, both);
    await readingOf(em)?.end();
    return rows.map(({ id }) => id).toSorted();
  };
  for (let time = 0; time < 8; time += 1) {
    expect(await read(tenantEntities(world.platform, a.id))).toEqual([a.id]);
    expect(await read(platformEntities(world.platform))).toEqual([a.id, b.id].toSorted());
    expect(await read(tenantEntities(world.platform, b.id))).toEqual([b.id]);
    expect(await read(publicEntities(world.platform))).toEqual([]);
  }
});

test("many queries at once share few connections, and never each other's sight", async () => {
  const world = await newWorld();
  const organizations = await Promise.all(Array.from({ length: 6 }, () => world.organization()));
  const all = [`{${organizations.map(({ id }) => id).join(",")}}`];
  await Promise.all(
    Array.from({ length: 120 }, async (_, index) => {
      const { id } = organizations[index % organizations.length]!;
      const reading = new Reading(world.platform.readPool, { role: TENANT_ROLE, organizationId: id });
      const found = await Promise.all([reading.sql(NAMES, all), reading.sql(NAMES, all)]);
      await reading.end();
      expect(found).toEqual([[{ id }], [{ id }]]);
    }),
  );
});

test("nothing can be written while reading", async () => {
  const world = await newWorld();
  const { id } = await world.organization();
  const reading = new Reading(world.platform.readPool, { role: TENANT_ROLE, organizationId: id });
  await expect(reading.sql("update organizations set name = 'changed'")).rejects.toThrow(/read-only transaction/);
  await reading.end();
});

test("a fault of one query is not the next one's", async () => {
  const world = await newWorld();
  const { id } = await world.organization();
  for (let time = 0; time < 20; time += 1) {
    const broken = new Reading(world.platform.readPool, { role: TENANT_ROLE, organizationId: id });
    const statements = Promise.allSettled([broken.sql("select 1 / $1::int", [0]), broken.sql(NAMES, [`{${id}}`])]);
    if (time % 2 === 0) await statements;
    const ended = broken.end();
    const next = new Reading(world.platform.readPool, { role: TENANT_ROLE, organizationId: id });
    expect(await next.sql(NAMES, [`{${id}}`])).toEqual([{ id }]);
    await Promise.all([ended, next.end()]);
    expect((await statements).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  }
});

test("a connection that is lost is replaced", async () => {
  const world = await newWorld();
  const { id } = await world.organization();
  const lost = new Reading(world.platform.readPool, { role: STAFF_ROLE, organizationId: "" });
  await expect(lost.sql("select pg_terminate_backend(pg_backend_pid())")).rejects.toThrow(/terminat/);
  await lost.end();
  const next = new Reading(world.platform.readPool, { role: STAFF_ROLE, organizationId: "" });
  expect(await next.sql(NAMES, [`{${id}}`])).toEqual([{ id }]);
  await next.end();
});

test("reads that are over stay over", async () => {
  const world = await newWorld();
  const reading = new Reading(world.platform.readPool, { role: TENANT_ROLE, organizationId: "" });
  await reading.end();
  await expect(reading.sql("select 1")).rejects.toThrow("over");
});

test("only a role that reads and a true id may stand in a session", async () => {
  const { platform } = await newWorld();
  expect(() => new Reading(platform.readPool, { role: "postgres", organizationId: newId() })).toThrow(RangeError);
  expect(() => new Reading(platform.readPool, { role: TENANT_ROLE, organizationId: "'; reset role; --" })).toThrow(
    RangeError,
  );
});

test("every instant of a thousand years is read as the engine reads it", () => {
  const range = { min: new Date("1500-01-01T00:00:00Z"), max: new Date("2500-01-01T00:00:00Z"), noInvalidDate: true };
  fc.assert(
    fc.property(fc.date(range), (instant) => {
      const text = instant
        .toISOString()
        .replace("T", " ")
        .replace(/(\.\d*?)0*Z$/, "$1")
        .replace(/\.$/, "");
      expect(instantFromText(`${text}+00`)).toEqual(instant);
    }),
  );
});

test.each([
  ["2026-03-01 12:30:45+00", "2026-03-01T12:30:45.000Z"],
  ["2026-03-01 12:30:45.123456+00", "2026-03-01T12:30:45.123Z"],
  ["2026-03-01 12:30:45.1+00", "2026-03-01T12:30:45.100Z"],
  ["2026-03-01 12:30:45.999999+00", "2026-03-01T12:30:45.999Z"],
  ["1999-12-31 23:59:59.05+00", "1999-12-31T23:59:59.050Z"],
  ["2024-02-29 00:00:00+00", "2024-02-29T00:00:00.000Z"],
  ["2026-03-01 14:30:45+02", "2026-03-01T12:30:45.000Z"],
  ["2026-03-01 18:00:45+05:30", "2026-03-01T12:30:45.000Z"],
])("the instant %s is read to the millisecond", (text, instant) => {
  expect(instantFromText(text).toISOString()).toBe(instant);
});
