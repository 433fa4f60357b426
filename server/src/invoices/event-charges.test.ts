import { expect, test } from "vitest";
import { APRIL, billedCustomer, busyCustomer, freeze, mirror, renewalDraft } from "../../test/billed-customer.ts";
import { sumOf } from "../../test/payer.ts";
import type { Asker } from "../../test/world.ts";
import { newWorld } from "../../test/world.ts";

const LEDGER = `query($id: ID, $key: String) { organization(id: $id) { usageEvent(idempotencyKey: $key) {
  idempotencyKey voidedBy period { start end open plan { code } }
  charges { kind meter route state amount { amount } share { amount } lineId invoice { id status } } } } }`;

const ledger = async (asker: Asker, key: string, id: string | null = null) =>
  (await asker.get(LEDGER, { id, key })).organization.usageEvent;

test("an event leads to the charge and the invoice's line that bill it, with its own share", async () => {
  const { customer, id } = await billedCustomer(await newWorld());
  const billed = (await customer.events({ rating: "BILLABLE", action: "GENERATION", complexity: "T1" }))[0];
  if (!billed) throw new Error("nothing was billed");
  const event = await ledger(customer.owner, billed.idempotencyKey);
  expect(event.period).toMatchObject({ end: APRIL, open: false, plan: { code: "STARTER" } });
  expect(event.charges).toEqual([
    {
      kind: "USAGE",
      meter: "generations",
      route: "invoice_item",
      state: "INVOICED",
      amount: { amount: "5.45" },
      share: billed.amount,
      lineId: expect.any(String),
      invoice: { id, status: "DRAFT" },
    },
  ]);
});

test("the shares of a meter's events are its line, exactly", async () => {
  const { customer } = await billedCustomer(await newWorld());
  const keys = (await customer.events({ meter: "generations" })).map(({ idempotencyKey }) => idempotencyKey);
  const shares = await Promise.all(
    keys.map(async (key) =>
      (await ledger(customer.owner, key)).charges.filter(({ meter }: any) => meter === "generations"),
    ),
  );
  expect(sumOf(shares.flat().map(({ share }) => ({ amount: share })))).toBe(545);
});

test("while its period is open an event is part of no charge, and only staff see who voided it", async () => {
  const customer = await busyCustomer(await newWorld());
  expect(await ledger(customer.owner, "by mistake")).toMatchObject({ charges: [], voidedBy: null });
  const seen = await ledger(customer.staff, "by mistake", customer.id);
  expect(seen.voidedBy).toContain("@");
  expect(seen.period.open).toBe(true);
});

test("a void after the close is a credit of its own on the next invoice", async () => {
  const world = await newWorld();
  const { customer } = await billedCustomer(world);
  const billed = (await customer.events({ rating: "BILLABLE", action: "GENERATION", complexity: "T1" }))[0];
  if (!billed) throw new Error("nothing was billed");
  await customer.voidEvent(billed.idempotencyKey);
  world.setClock("2026-05-01T00:00:00.000Z");
  await freeze(customer);
  await mirror(customer, await renewalDraft(customer));
  const { charges } = await ledger(customer.owner, billed.idempotencyKey);
  expect(charges.map(({ kind, share }: any) => [kind, share.amount])).toEqual([
    ["USAGE", billed.amount.amount],
    ["CREDIT", `-${billed.amount.amount}`],
  ]);
});

test("who may not read bills sees no charges, and another organization's event is not found", async () => {
  const world = await newWorld();
  const { customer } = await billedCustomer(world);
  const [event] = await customer.events(null, 1);
  if (!event) throw new Error("nothing was recorded");
  expect((await ledger(customer.key, event.idempotencyKey)).charges).toBeNull();
  const { owner } = await world.organization();
  const { errors } = await owner.ask(`query($id: ID!) { organization { usageEvent(id: $id) { id } } }`, {
    id: event.id,
  });
  expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
});
