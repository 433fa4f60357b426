import { expect, test } from "vitest";
import { testDatabase } from "../setup/test-database.ts";
import { type Product, startProduct } from "./product.ts";
import { Faulted, newKeys, newReporter, type Reporter } from "./reporter.ts";
import { middleOf, someMoment } from "./tally.ts";

const KILLS = 20;
const SENDERS = 4;
const BATCH = 20;
const AGAIN_MS = 10_000;
/** Ingestion goes on for up to this long before a kill. */
const LONGEST_MS = 700;

type Batch = { readonly reporter: Reporter; readonly keys: readonly string[]; acknowledged: boolean };

test(
  "a server killed at twenty moments of ingestion has each acknowledged event once, and a retry changes nothing",
  { timeout: 480_000 },
  async () => {
    const { adminUrl: databaseUrl } = await testDatabase();
    let product = await startProduct({ databaseUrl });
    const { url, readyAfterMs: firstStartMs } = product;
    const port = Number(new URL(url).port);
    const reporters = [await newReporter(url), await newReporter(url)];
    const all: Batch[] = [];
    const restarts: number[] = [];

    try {
      for (let kill = 0; kill < KILLS; kill += 1) {
        const { batches, afterMs } = await reportUntilKilled(product, reporters);
        product = await startProduct({ databaseUrl, port });
        restarts.push(product.readyAfterMs);
        await retry(url, batches, `kill ${kill + 1}, after ${Math.round(afterMs)} ms`);
        all.push(...batches);
      }

      const acknowledged = all.filter(({ acknowledged: known }) => known);
      expect(acknowledged.length).toBeGreaterThan(KILLS);
      for (const reporter of reporters) {
        const own = all.filter((batch) => batch.reporter === reporter);
        expect(await reporter.counted(url)).toBe(own.length * BATCH);
      }
      // On a machine too busy for that, a start after a kill is still a start like any other.
      expect(middleOf(restarts)).toBeLessThan(Math.max(AGAIN_MS, 2 * firstStartMs));
    } finally {
      await product.stop();
    }
  },
);

/** Several senders report batch after batch until the server is gone. */
async function reportUntilKilled(product: Product, reporters: readonly Reporter[]) {
  const batches: Batch[] = [];
  const send = async (reporter: Reporter): Promise<void> => {
    for (;;) {
      const batch: Batch = { reporter, keys: newKeys(BATCH), acknowledged: false };
      batches.push(batch);
      try {
        expect(new Set(await reporter.record(product.url, batch.keys))).toEqual(new Set(["ACCEPTED"]));
        batch.acknowledged = true;
      } catch (error) {
        // Killed, it says nothing at all.
        if (error instanceof Faulted || (error as Error).name === "AssertionError") throw error;
        return;
      }
    }
  };
  const sending = Promise.all(Array.from({ length: SENDERS }, (_, index) => send(reporters[index % 2]!)));
  const afterMs = await someMoment(LONGEST_MS);
  await product.kill();
  await sending;
  return { batches, afterMs };
}

/** Sends all of them again: what was acknowledged is there; what was not is there as a whole, or not at all. */
async function retry(url: string, batches: readonly Batch[], when: string): Promise<void> {
  for (const { reporter, keys, acknowledged } of batches) {
    const statuses = new Set(await reporter.record(url, keys));
    expect({ when, statuses: [...statuses] }).toEqual({
      when,
      statuses: acknowledged || statuses.has("DUPLICATE") ? ["DUPLICATE"] : ["ACCEPTED"],
    });
  }
}
