import { expect, test } from "vitest";
import { Recent } from "./recent.ts";

test("what was asked for longest ago goes first", () => {
  const recent = new Recent<string, number>(2);
  recent.set("a", 1);
  recent.set("b", 2);
  expect(recent.get("a")).toBe(1);
  recent.set("c", 3);
  expect([recent.get("a"), recent.get("b"), recent.get("c")]).toEqual([1, undefined, 3]);
});

test("a value that is set anew takes no second place", () => {
  const recent = new Recent<string, number>(2);
  recent.set("a", 1);
  recent.set("b", 2);
  recent.set("a", 3);
  expect([recent.get("b"), recent.get("a")]).toEqual([2, 3]);
  recent.delete("a");
  expect(recent.get("a")).toBeUndefined();
});
