import { expect, test } from "vitest";
import { readCard } from "./card-form.ts";

const now = Date.UTC(2026, 10, 22) / 1000;
const sent = { number: "4242 4242-4242 4242", expiry: "12/34", cvc: "123" };

test.each([
  ["12 / 34", 12, 2034],
  ["1/2027", 1, 2027],
  ["0627", 6, 2027],
  ["11/26", 11, 2026],
])("a card is good through %s", (expiry, expMonth, expYear) => {
  expect(readCard({ ...sent, expiry }, now)).toMatchObject({ expMonth, expYear, card: { alias: "pm_card_visa" } });
});

test.each([
  ["number", { number: "4242" }],
  ["expiry", { expiry: "13/30" }],
  ["expiry", { expiry: "10/26" }],
  ["cvc", { cvc: "12a" }],
])("a fault names its field: %s", (param, wrong) => {
  expect(() => readCard({ ...sent, ...wrong }, now)).toThrow(expect.objectContaining({ param, type: "card_error" }));
});

test("by the sandbox's clock a card runs out as well", () => {
  expect(() => readCard(sent, Date.UTC(2035, 0, 1) / 1000)).toThrow(/in the past/);
});
