import { expect, test } from "vitest";
import { mergeMetadata, previousAttributes } from "./change.ts";

test.each([
  ["nothing", { a: 1 }, { a: 1 }, {}],
  ["a value", { a: 1, b: 2 }, { a: 3, b: 2 }, { a: 1 }],
  ["a part of a hash", { h: { x: 1, y: 2 } }, { h: { x: 1, y: 3 } }, { h: { y: 2 } }],
  ["a key that a hash gained", { h: {} }, { h: { x: 1 } }, { h: { x: null } }],
  ["a list, as a whole", { l: [1, 2] }, { l: [1, 3] }, { l: [1, 2] }],
  ["a hash that was null", { h: null }, { h: { x: 1 } }, { h: null }],
  ["a hash that went", { h: { x: 1 } }, { h: null }, { h: { x: 1 } }],
])("previous attributes tell %s", (_what, before, after, told) => {
  expect(previousAttributes(before, after)).toEqual(told);
});

test.each([
  ["left out", undefined, { a: "1", b: "2" }],
  ["cleared", "" as const, {}],
  ["changed key by key", { b: "", c: "3" }, { a: "1", c: "3" }],
])("metadata that is %s", (_how, change, after) => {
  expect(mergeMetadata({ a: "1", b: "2" }, change)).toEqual(after);
});
