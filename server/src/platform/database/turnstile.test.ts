import { expect, test } from "vitest";
import { Turnstile } from "./turnstile.ts";

const newTurnstile = (patienceMs = 10_000) =>
  new Turnstile({ most: 2, patienceMs, tooLate: () => new Error("no place in time") });

/** Work that goes on until it is let go. */
function openWork() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { work: () => promise, end: resolve };
}

test("callers of one owner go in a few at a time, in the order they came", async () => {
  const turnstile = newTurnstile();
  const entered: number[] = [];
  const works = Array.from({ length: 5 }, openWork);
  const passed = works.map(({ work }, index) =>
    turnstile.pass("a", () => {
      entered.push(index);
      return work();
    }),
  );
  await expect.poll(() => entered).toEqual([0, 1]);
  works[1]!.end();
  await expect.poll(() => entered).toEqual([0, 1, 2]);
  for (const { end } of works) end();
  await Promise.all(passed);
  expect(entered).toEqual([0, 1, 2, 3, 4]);
});

test("an owner whose callers are stuck holds up nobody else", async () => {
  const turnstile = newTurnstile();
  const stuck = openWork();
  const held = Array.from({ length: 9 }, () => turnstile.pass("stuck", stuck.work));
  expect(await turnstile.pass("other", async () => "served")).toBe("served");
  stuck.end();
  await Promise.all(held);
});

test("whoever finds no place in time is told so, and the place goes to the next", async () => {
  const turnstile = newTurnstile(50);
  const stuck = [openWork(), openWork()];
  const held = stuck.map(({ work }) => turnstile.pass("a", work));
  await expect(turnstile.pass("a", async () => "never")).rejects.toThrow("no place in time");
  for (const { end } of stuck) end();
  await Promise.all(held);
  expect(await turnstile.pass("a", async () => "served")).toBe("served");
});

test("work that fails gives its place back", async () => {
  const turnstile = newTurnstile();
  for (let time = 0; time < 5; time += 1)
    await expect(turnstile.pass("a", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await turnstile.pass("a", async () => "served")).toBe("served");
});
