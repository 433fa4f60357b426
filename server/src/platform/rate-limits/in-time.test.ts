import { stat } from "node:fs/promises";
import { expect, test } from "vitest";
import { inTime } from "./in-time.ts";

test("an answer that does not come is not waited for", async () => {
  await expect(inTime(new Promise(() => undefined), 5)).rejects.toThrow("no answer within 5 ms");
});

test("what fails fails at once", async () => {
  await expect(inTime(Promise.reject(new Error("refused")), 60_000)).rejects.toThrow("refused");
});

test("an answer that came while this process was busy is in time", async () => {
  const answer = inTime(stat("."), 5);
  const until = performance.now() + 50;
  while (performance.now() < until);
  expect((await answer).isDirectory()).toBe(true);
});
