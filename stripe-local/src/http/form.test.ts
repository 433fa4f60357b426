import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeForm } from "./form.ts";

test.each([
  ["items[0][price]=p1&items[1][price]=p2", { items: [{ price: "p1" }, { price: "p2" }] }],
  ["expand[]=a&expand[]=b.c", { expand: ["a", "b.c"] }],
  ["metadata[a b]=x%3Dy%26z&name=%C3%84+%2B", { metadata: { "a b": "x=y&z" }, name: "Ä +" }],
  ["pause_collection=", { pause_collection: "" }],
  ["name=first&name=last", { name: "last" }],
  ["a[b][c][d][e][f][g]=deep", { a: { b: { c: { d: { e: { f: { g: "deep" } } } } } } }],
  ["", {}],
])("%s is read as Stripe reads it", (text, expected) => {
  expect(structuredClone(decodeForm(text))).toEqual(expected);
});

test("names that objects have by birth are data like any other", () => {
  const read = decodeForm("metadata[__proto__]=x&metadata[constructor]=y&metadata[hasOwnProperty]=z");
  expect(Object.getPrototypeOf(read)).toBeNull();
  expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  expect(read["metadata"]).toMatchObject({ constructor: "y", hasOwnProperty: "z" });
});

test("a list of any length stays a list, in its order", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), (length) => {
      const text = Array.from({ length }, (_, index) => `ids[${index}]=v${index}`).join("&");
      expect(decodeForm(text)["ids"]).toEqual(Array.from({ length }, (_, index) => `v${index}`));
    }),
    { numRuns: 30 },
  );
});

test("whatever is sent, decoding ends without a throw", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(decodeForm(text)).toBeTypeOf("object");
    }),
  );
});
