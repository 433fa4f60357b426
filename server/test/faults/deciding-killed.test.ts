import { afterAll, beforeAll, describe, expect, test } from "vitest";
import pg from "pg";
import { defaultCatalog } from "../../src/catalog/default-catalog.ts";
import { publishPlan } from "../customer.ts";
import { testDatabase } from "../setup/test-database.ts";
import { newWorld } from "../world.ts";
import { type Product, startProduct } from "./product.ts";
import { Faulted, newReporter, type Reporter } from "./reporter.ts";
import { Tally } from "./tally.ts";

const UNITS = 500;
const ASKERS = 1_000;
/** A server is killed when so many have their answer, or fewer: most still wait then. */
const LATEST_KILL = 250;

let databaseUrl: string;
let database: pg.Client;
const servers: Product[] = [];

beforeAll(async () => {
  databaseUrl = (await testDatabase()).adminUrl;
  // Free without limits on the rate, so that its quota of 1,000 calls alone decides.
  await publishPlan(await (await newWorld()).staff(), "free", { ...defaultCatalog.free, ratePerMinute: {} });
  database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  servers.push(...(await Promise.all([startProduct({ databaseUrl }), startProduct({ databaseUrl })])));
});

afterAll(async () => {
  await database?.end();
  await Promise.all(servers.map(({ stop }) => stop()));
});

describe("a thousand who ask two servers at once for five hundred units", () => {
  test("get exactly five hundred yes", { timeout: 120_000 }, async () => {
    const reporter = await withUnitsLeft();
    const asked = new Asking(reporter);
    await asked.all();
    expect(asked.lost).toBe(0);
    expect(new Set(asked.yes).size).toBe(UNITS);
    expect(await heldBy(reporter)).toEqual({ ids: asked.yes.toSorted(), units: UNITS });
  });

  test.each([
    { killed: [0], who: "one server" },
    { killed: [1], who: "the other server" },
    { killed: [0, 1], who: "both servers" },
  ])(
    "never get one yes too many while $who is killed, and answers that were lost are held",
    { timeout: 180_000 },
    async ({ killed }) => {
      const reporter = await withUnitsLeft();
      const asked = new Asking(reporter);
      const killAt = Math.floor(Math.random() * LATEST_KILL);
      const all = asked.all();
      await Promise.race([asked.answers.more(killAt), all]);
      await asked.outage(() => Promise.all(killed.map((index) => killAndStart(index))));
      await all;

      const held = await heldBy(reporter);
      const unheard = held.ids.filter((id) => !asked.yes.includes(id));
      const found = {
        killAt,
        held: held.ids.length,
        units: held.units,
        yes: asked.yes.length,
        unheard: unheard.length,
      };
      expect(found).toEqual({ ...found, held: UNITS, units: UNITS, yes: UNITS - unheard.length });
      expect(new Set(asked.yes).size).toBe(asked.yes.length);
      expect(unheard.length).toBeLessThanOrEqual(asked.lost);
      for (const { url } of servers) expect(await reporter.authorize(url, { action: "API_CALL" })).toBeNull();
    },
  );
});

/** An organization on Free that has used all but so many of its calls. */
async function withUnitsLeft(): Promise<Reporter> {
  const { url } = servers[0]!;
  const reporter = await newReporter(url);
  const used = { idempotencyKey: "used-before", action: "API_CALL", quantity: String(1_000 - UNITS) };
  expect(await reporter.send(url, [used])).toEqual(["ACCEPTED"]);
  return reporter;
}

async function killAndStart(index: number): Promise<void> {
  const { url, kill } = servers[index]!;
  await kill();
  servers[index] = await startProduct({ databaseUrl, port: Number(new URL(url).port) });
}

/** The placed holds of an organization, and what the counter that decisions go by says. */
async function heldBy({ organizationId }: Reporter): Promise<{ ids: string[]; units: number }> {
  const { rows } = await database.query<{ ids: string[]; units: string }>(
    `select (select array_agg(id::text order by id) from holds where organization_id = $1 and state = 'PLACED') as ids,
       (select api_calls from held_usage where organization_id = $1) as units`,
    [organizationId],
  );
  return { ids: rows[0]!.ids, units: Number(rows[0]!.units) };
}

/** Many askers, half of them at each server; one whose answer is lost asks again, as a new question. */
class Asking {
  readonly yes: string[] = [];
  /** Questions that got no answer. */
  lost = 0;
  readonly answers = new Tally();
  readonly #reporter: Reporter;
  #outage: Promise<unknown> = Promise.resolve();

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  async all(): Promise<void> {
    await Promise.all(Array.from({ length: ASKERS }, (_, index) => this.#one(index % 2)));
  }

  /** Those whose answer is lost meanwhile wait for its end. */
  async outage(work: () => Promise<unknown>): Promise<void> {
    this.#outage = work();
    await this.#outage;
  }

  async #one(index: number): Promise<void> {
    for (;;) {
      try {
        const hold = await this.#reporter.authorize(servers[index]!.url, { action: "API_CALL" });
        if (hold !== null) this.yes.push(hold);
        this.answers.add();
        return;
      } catch (error) {
        // Killed, it says nothing at all.
        if (error instanceof Faulted) throw error;
        this.lost += 1;
        await this.#outage;
      }
    }
  }
}
