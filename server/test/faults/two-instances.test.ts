import { expect, test } from "vitest";
import { testDatabase } from "../setup/test-database.ts";
import { startProduct } from "./product.ts";
import { newReporter } from "./reporter.ts";

test("one event sent a hundred times at once to two instances is stored once", { timeout: 180_000 }, async () => {
  const { adminUrl: databaseUrl } = await testDatabase();
  const instances = await Promise.all([startProduct({ databaseUrl }), startProduct({ databaseUrl })]);
  try {
    const [one, other] = instances;
    const reporter = await newReporter(one.url);
    for (const round of [1, 2, 3]) {
      const statuses = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          reporter.record(index % 2 === 0 ? one.url : other.url, [`the-same-${round}`]),
        ),
      );
      const counts = Map.groupBy(statuses.flat(), (status) => status);
      expect([...counts].map(([status, { length }]) => [status, length])).toEqual(
        expect.arrayContaining([
          ["ACCEPTED", 1],
          ["DUPLICATE", 99],
        ]),
      );
      expect(await Promise.all(instances.map(({ url }) => reporter.counted(url)))).toEqual([round, round]);
    }
  } finally {
    await Promise.all(instances.map(({ stop }) => stop()));
  }
});
