import { expect, test } from "vitest";
import { ledgerOf } from "./event-ledger";

const usd = (amount: string) => ({ amount, currency: "USD" });
type Event = Parameters<typeof ledgerOf>[0];

const generations = {
  meter: "generations",
  unit: "generation",
  quantity: "1",
  included: "0",
  billable: "1",
  overLimit: "0",
  multiplier: "2",
  unitPrice: usd("0.25"),
  amount: usd("0.5"),
  adjustments: [],
};
const event = {
  id: "event",
  action: "GENERATION",
  occurredAt: "2027-03-14T09:00:00.000Z",
  recordedAt: "2027-03-14T09:00:01.000Z",
  late: false,
  trial: false,
  failed: false,
  voidedAt: null,
  voidReason: null,
  voidedBy: null,
  period: {
    id: "march",
    start: "2027-03-01T00:00:00.000Z",
    end: "2027-04-01T00:00:00.000Z",
    open: true,
    plan: { code: "STARTER", version: 1, name: "Starter" },
  },
  ratings: [generations],
  charges: [],
} as unknown as Event;
const charge = {
  id: "charge",
  kind: "USAGE",
  meter: "generations",
  route: "invoice_item",
  state: "INVOICED",
  excludedReason: null,
  createdAt: "2027-04-01T00:01:00.000Z",
  amount: usd("5.45"),
  share: usd("0.5"),
  lineId: "line",
  invoice: { id: "invoice", number: "QLP-7", status: "PAID", createdAt: "2027-04-01T01:00:00.000Z" },
};

const whats = (change: object) => ledgerOf({ ...event, ...change }).map(({ what }) => what);
const words = (change: object, what: string) =>
  ledgerOf({ ...event, ...change }).find((step) => step.what === what)?.words;

test("an event of an open period was accepted and rated, and its invoice is to come", () => {
  expect(whats({})).toEqual(["Accepted", "Rated", "To be invoiced"]);
  expect(words({}, "Accepted")).toEqual(["Counts in the period 1 - 31 Mar 2027 (UTC) of Starter."]);
  expect(words({}, "Rated")).toEqual(["Generations: 1 generation, 0 included, 1 billable at $0.25 each x 2: $0.50."]);
});

test("what costs nothing waits for no invoice", () => {
  const free = { ...generations, included: "1", billable: "0", unitPrice: null, amount: usd("0") };
  expect(whats({ ratings: [free] })).toEqual(["Accepted", "Rated"]);
  expect(whats({ trial: true })).toEqual(["Accepted", "Rated"]);
});

test("a billed event leads to its line, with its share of it", () => {
  const closed = { period: { ...event.period, open: false }, charges: [charge] };
  const steps = ledgerOf(Object.assign({}, event, closed));
  expect(steps.map(({ what }) => what)).toEqual(["Accepted", "Rated", "Charged", "Invoiced"]);
  expect(steps[2]?.words).toEqual(["Generations: $0.50 of a line of $5.45, as an item of its own."]);
  expect(steps[3]?.invoice).toEqual({ id: "invoice", number: "QLP-7", lineId: "line" });
});

test("a void says by whom, why and what it gives back; the rating before it stays as it was", () => {
  const adjustment = {
    id: "change",
    at: "2027-03-20T10:00:00.000Z",
    reason: "Voided: sent twice",
    included: "0",
    billable: "-1",
    amount: usd("-0.5"),
  };
  const voided = {
    voidedAt: adjustment.at,
    voidReason: "sent twice",
    voidedBy: "ann@qlp.example",
    ratings: [{ ...generations, quantity: "0", billable: "0", amount: usd("0"), adjustments: [adjustment] }],
  };
  expect(whats(voided)).toEqual(["Accepted", "Rated", "Voided", "Rated again"]);
  expect(words(voided, "Rated")?.[0]).toBe("Generations: 0 included, 1 billable at $0.25 each x 2: $0.50.");
  expect(words(voided, "Voided")).toEqual(["By ann@qlp.example: sent twice.", "It takes $0.50 back."]);
});

test("a charge that no invoice will take says why, and one that waits says so", () => {
  const out = { ...charge, state: "EXCLUDED", excludedReason: "Below the least amount.", invoice: null };
  expect(words({ charges: [out] }, "Left out")).toEqual(["Below the least amount."]);
  expect(words({ charges: [{ ...charge, state: "PENDING", invoice: null }] }, "To be invoiced")).toEqual([
    "The next invoice takes it.",
  ]);
});

test("who may not read bills is told of none", () => {
  expect(whats({ charges: null })).toEqual(["Accepted", "Rated"]);
});
