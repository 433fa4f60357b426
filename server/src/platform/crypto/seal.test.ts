import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { seal, unseal } from "./seal.ts";

const first = { id: "m1", key: randomBytes(32) };
const second = { id: "m2", key: randomBytes(32) };

test("a sealed secret opens again, and never looks the same twice", () => {
  const keys = { masterKeys: [first] };
  const sealed = seal(keys, "here", "whsec_geheim");
  expect(sealed).not.toContain("geheim");
  expect(seal(keys, "here", "whsec_geheim")).not.toBe(sealed);
  expect(unseal(keys, "here", sealed)).toBe("whsec_geheim");
});

test("what a rotated key has sealed opens as long as the key is named", () => {
  const sealed = seal({ masterKeys: [first] }, "here", "secret");
  expect(unseal({ masterKeys: [second, first] }, "here", sealed)).toBe("secret");
  expect(() => unseal({ masterKeys: [second] }, "here", sealed)).toThrow("does not name the key m1");
});

test("a secret that was copied to another place, or changed, does not open", () => {
  const keys = { masterKeys: [first] };
  const sealed = seal(keys, "here", "secret");
  expect(() => unseal(keys, "there", sealed)).toThrow("authenticate");
  expect(() => unseal(keys, "here", `${sealed.slice(0, -2)}${sealed.endsWith("AA") ? "BB" : "AA"}`)).toThrow(
    "authenticate",
  );
  expect(() => unseal(keys, "here", sealed.slice(0, 20))).toThrow("authentication tag");
});

test("without a master key nothing is sealed", () => {
  expect(() => seal({ masterKeys: [] }, "here", "secret")).toThrow("MASTER_KEYS");
});
