import { expect, onTestFinished, test, vi } from "vitest";
import { EventLog } from "../http/event-log.ts";
import { Faults } from "../http/faults.ts";
import { Database } from "../store/database.ts";
import { GroupCommit } from "../store/group-commit.ts";
import { ObjectStore } from "../store/object-store.ts";
import { Courier } from "./courier.ts";
import { DeliveryQueue } from "./delivery-queue.ts";

const DUE = 1_000;

test("a delivery that comes due while the courier looks is not left lying", async () => {
  const database = new Database(":memory:");
  const queue = new DeliveryQueue(database);
  database.run(
    "insert into deliveries (event, endpoint, state, next_attempt_ms) values ('evt', 'we', 'pending', ?)",
    DUE,
  );
  // The first look comes a moment too early, and every later one finds it due.
  const clock = vi
    .spyOn(Date, "now")
    .mockReturnValue(DUE)
    .mockReturnValueOnce(DUE - 1);
  const courier = new Courier({
    queue,
    events: new EventLog(database),
    store: new ObjectStore(database),
    faults: new Faults(database),
    group: new GroupCommit(database),
    report: (error) => expect.unreachable(String(error)),
  });
  onTestFinished(async () => {
    clock.mockRestore();
    await courier.stop();
    database.close();
  });
  courier.wake();
  // Without an endpoint it is given up as soon as a hand takes it.
  await vi.waitFor(() => expect(queue.counts(DUE)).toEqual({ pending: 0, waiting: 0, failed: 1 }));
});
