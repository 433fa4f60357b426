import { expect, test } from "vitest";
import { newId } from "../id.ts";
import { linkToken, readLinkToken } from "./link-token.ts";

const current = { id: "current", secret: "0123456789012345678901234567890123456789" };
const next = { id: "next", secret: "abcdefghijabcdefghijabcdefghijabcdefghij" };

test("a token gives back the ids it was made of, each time the same", () => {
  const ids = [newId(), newId()];
  const token = linkToken({ jwtKeys: [current] }, "invitation", ids);
  expect(linkToken({ jwtKeys: [current] }, "invitation", ids)).toBe(token);
  expect(readLinkToken({ jwtKeys: [current] }, "invitation", token)).toEqual(ids);
});

test("a token outlives the rotation of keys as long as its key verifies", () => {
  const ids = [newId()];
  const token = linkToken({ jwtKeys: [current] }, "invitation", ids);
  expect(readLinkToken({ jwtKeys: [next, current] }, "invitation", token)).toEqual(ids);
  expect(readLinkToken({ jwtKeys: [next] }, "invitation", token)).toBeNull();
});

test("a token of one purpose is none for another", () => {
  const token = linkToken({ jwtKeys: [current] }, "invitation", [newId()]);
  expect(readLinkToken({ jwtKeys: [current] }, "reset", token)).toBeNull();
});

test("a token with any character changed is none", () => {
  const token = linkToken({ jwtKeys: [current] }, "invitation", [newId(), newId()]);
  for (let at = 0; at < token.length; at += 1) {
    const changed = token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
    expect(readLinkToken({ jwtKeys: [current] }, "invitation", changed)).toBeNull();
  }
});

test.each(["", "x", "no token at all", "ä".repeat(80), "A".repeat(86), "A".repeat(10_000)])("%j is none", (text) => {
  expect(readLinkToken({ jwtKeys: [current] }, "invitation", text)).toBeNull();
});
