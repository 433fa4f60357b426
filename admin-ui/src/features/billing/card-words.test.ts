import { expect, test } from "vitest";
import { cardState, cardWords, expiryWords } from "./card-words";

const card = { brand: "visa", last4: "4242", expMonth: 4, expYear: 2028 };

test("a card is named by its brand and last digits", () => {
  expect(cardWords(card)).toBe("Visa ending in 4242");
  expect(cardWords({ ...card, brand: "cartes_bancaires" })).toBe("Cartes_bancaires ending in 4242");
  expect(expiryWords(card)).toBe("04/2028");
  expect(expiryWords({ ...card, expMonth: null })).toBeNull();
});

test.each([
  { at: "2028-03-31T23:59:59Z", state: "good" },
  { at: "2028-04-01T00:00:00Z", state: "soon" },
  { at: "2028-04-30T23:59:59Z", state: "soon" },
  { at: "2028-05-01T00:00:00Z", state: "expired" },
])("a card of 04/2028 is $state at $at: it holds to the end of its month", ({ at, state }) => {
  expect(cardState(card, Date.parse(at))).toBe(state);
});
