import { expect, onTestFinished, test } from "vitest";
import { Database } from "../store/database.ts";
import { DeliveryQueue } from "./delivery-queue.ts";

/** A queue with one delivery that is due at 0. */
function queueOfOne(): DeliveryQueue {
  const database = new Database(":memory:");
  onTestFinished(() => database.close());
  database.run("insert into deliveries (event, endpoint, state, next_attempt_ms) values ('evt', 'we', 'pending', 0)");
  return new DeliveryQueue(database);
}

/** Fails each attempt as soon as it is due; the waits between them in seconds. */
function waits(queue: DeliveryQueue, wasAnswered: boolean, most: number): number[] {
  const found: number[] = [];
  for (let now = 0; found.length < most;) {
    const [delivery] = queue.due(now, 1, new Set());
    queue.failedOnce(delivery!, "500", wasAnswered, now);
    const next = queue.nextMs();
    if (next === null) break;
    found.push((next - now) / 1_000);
    now = next;
  }
  return found;
}

test("one that is always refused waits longer each time and is given up after about three days", () => {
  const queue = queueOfOne();
  const all = waits(queue, true, 100);
  expect(all.slice(0, 5)).toEqual([1, 5, 30, 300, 1_800]);
  expect(all.reduce((sum, wait) => sum + wait, 0) / 86_400).toBeCloseTo(3.2, 1);
  expect(queue.counts(0)).toEqual({ pending: 0, waiting: 0, failed: 1 });
});

test("one whose endpoint is down is tried every half a minute and never given up", () => {
  expect(waits(queueOfOne(), false, 50).slice(2)).toEqual(Array.from({ length: 48 }, () => 30));
});
