import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KillablePostgres } from "./killable-postgres.ts";
import { type Product, startProduct, statusOf, untilReady } from "./product.ts";
import { Faulted, newKeys, newReporter, type Reporter } from "./reporter.ts";
import { middleOf, someMoment, Tally } from "./tally.ts";

const KILLS = 3;
const SENDERS = 8;
const BATCH = 10;
const RECOVERED_MS = 5_000;
const READY_MS = 15_000;

let postgres: KillablePostgres;
let product: Product;

beforeAll(async () => {
  postgres = await KillablePostgres.start();
  product = await startProduct({ databaseUrl: postgres.url, role: "all" });
});

afterAll(async () => {
  await product?.stop();
  await postgres?.stop();
});

describe("a database that is killed under load", () => {
  test(
    "answers faults that say to try again, recovers within 5 s, and loses nothing",
    { timeout: 240_000 },
    async () => {
      const { url } = product;
      const reporters = await Promise.all([newReporter(url), newReporter(url)]);
      const load = new Load(url, reporters);
      const recoveries: number[] = [];

      for (let kill = 0; kill < KILLS; kill += 1) {
        await load.until(5, "accepted");
        await someMoment(300);
        await postgres.kill();
        await load.until(1, "faulted");
        expect(await statusOf(`${url}/health/live`)).toBe(200);
        expect(await statusOf(`${url}/health/ready`)).toBe(503);
        await load.until(SENDERS * 2, "faulted");

        await postgres.startAgain();
        const startedAt = performance.now();
        await load.until(SENDERS, "accepted");
        recoveries.push(performance.now() - startedAt);
        await untilReady(url, product.process, READY_MS);
      }
      const { accepted, unanswered, faults } = await load.end();

      // What else the machine does may hold up one of them.
      expect(middleOf(recoveries)).toBeLessThan(RECOVERED_MS);

      expect(faults.length).toBeGreaterThan(0);
      for (const fault of faults)
        expect(fault).toMatchObject({
          status: expect.toSatisfy((status: number) => status === 503 || status === 200),
          code: "UPSTREAM_UNAVAILABLE",
          retryable: true,
          message: expect.stringMatching(/try again/i),
        });
      for (const { reporter, keys } of accepted)
        expect(new Set(await reporter.record(url, keys))).toEqual(new Set(["DUPLICATE"]));
      for (const { reporter, keys } of unanswered) {
        expect(new Set(await reporter.record(url, keys)).size).toBe(1);
        expect(new Set(await reporter.record(url, keys))).toEqual(new Set(["DUPLICATE"]));
      }
      for (const reporter of reporters) {
        const own = [...accepted, ...unanswered].filter((batch) => batch.reporter === reporter);
        expect(await reporter.counted(url)).toBe(own.length * BATCH);
      }
    },
  );

  test("has its jobs done once it is back", { timeout: 60_000 }, async () => {
    const { url } = product;
    const reporter = await newReporter(url);
    // Free includes ten generations: half, four fifths and all of them are told by a job.
    await reporter.record(url, newKeys(10));
    await expect.poll(() => reporter.alerts(url), { timeout: 30_000, interval: 250 }).toBe(3);
  });
});

describe("a database that does not answer", () => {
  test("fails readiness, not liveness, until it answers again", { timeout: 60_000 }, async () => {
    const { url } = product;
    const reporter = await newReporter(url);
    postgres.pause();
    const waiting = reporter.record(url, newKeys(1));
    try {
      const startedAt = performance.now();
      expect(await statusOf(`${url}/health/ready`)).toBe(503);
      expect(performance.now() - startedAt).toBeLessThan(3_000);
      expect(await statusOf(`${url}/health/live`)).toBe(200);
      // However many ask, each is answered.
      const many = await Promise.all(Array.from({ length: 50 }, () => statusOf(`${url}/health/ready`)));
      expect(new Set(many)).toEqual(new Set([503]));
    } finally {
      postgres.resume();
    }
    expect(await waiting).toEqual(["ACCEPTED"]);
    await untilReady(url, product.process, READY_MS);
  });
});

type Batch = { readonly reporter: Reporter; readonly keys: readonly string[] };

/** Senders that report without a pause, whatever becomes of it. */
class Load {
  readonly #accepted: Batch[] = [];
  readonly #unanswered: Batch[] = [];
  readonly #faults: Faulted[] = [];
  readonly #tallies = { accepted: new Tally(), faulted: new Tally() };
  readonly #senders: Promise<unknown>;
  #ending = false;

  constructor(url: string, reporters: readonly Reporter[]) {
    this.#senders = Promise.all(
      Array.from({ length: SENDERS }, (_, index) => this.#send(url, reporters[index % reporters.length]!)),
    );
  }

  /** Until so many more batches were acknowledged, or faulted. */
  async until(count: number, what: "accepted" | "faulted"): Promise<void> {
    await Promise.race([this.#tallies[what].more(count), this.#senders]);
  }

  async end(): Promise<{ accepted: Batch[]; unanswered: Batch[]; faults: Faulted[] }> {
    this.#ending = true;
    await this.#senders;
    return { accepted: this.#accepted, unanswered: this.#unanswered, faults: this.#faults };
  }

  async #send(url: string, reporter: Reporter): Promise<void> {
    while (!this.#ending) {
      const batch = { reporter, keys: newKeys(BATCH) };
      try {
        const statuses = new Set(await reporter.record(url, batch.keys));
        if (statuses.size !== 1 || !statuses.has("ACCEPTED")) throw new Error([...statuses].join());
        this.#accepted.push(batch);
        this.#tallies.accepted.add();
      } catch (error) {
        // The server lives, so it always has something to say.
        if (!(error instanceof Faulted)) throw error;
        this.#faults.push(error);
        this.#unanswered.push(batch);
        this.#tallies.faulted.add();
        await nextTry();
      }
    }
  }
}

/** A sender tries again after a while, as one does. */
const nextTry = (): Promise<number> => someMoment(100);
