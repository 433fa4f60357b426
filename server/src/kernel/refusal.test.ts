import { expect, test } from "vitest";
import { Refusal } from "./refusal.ts";

class TooLate extends Refusal {}

test("a refusal is named like its class, which is its name in the API", () => {
  const refusal = new TooLate("It is too late.");
  expect(refusal).toMatchObject({ name: "TooLate", message: "It is too late." });
  expect(refusal).toBeInstanceOf(Error);
});
