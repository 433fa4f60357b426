import { DAY_MS } from "../src/kernel/clock.ts";
import type { MirroredInvoice, MirroredLine } from "../src/invoices/mirrored-invoice.ts";
import { freezeCharges } from "../src/invoices/freeze-charges.ts";
import { saveInvoice } from "../src/invoices/save-invoice.ts";
import { inTenantTransaction } from "../src/platform/database/tenant-transaction.ts";
import type { Sql } from "../src/platform/database/sql.ts";
import { lockSubscription } from "../src/subscriptions/lock-subscription.ts";
import { after, apiCalls, type Customer, generation, generations, level, newCustomer, task } from "./customer.ts";
import { mirroredInvoice, mirroredLine } from "./mirrored.ts";
import type { World } from "./world.ts";

export const MARCH = "2026-03-01T00:00:00.000Z";
export const APRIL = "2026-04-01T00:00:00.000Z";

/** Statements inside the tenant. */
export const inCustomer = <T>({ world, id }: Customer, work: (sql: Sql) => Promise<T>): Promise<T> =>
  inTenantTransaction(world.platform.pool, id, work);

/** Mirrors an invoice of Stripe's. @returns our id */
export const mirror = async (customer: Customer, invoice: MirroredInvoice): Promise<string> =>
  (await inCustomer(customer, (sql) => saveInvoice(sql, customer.id, invoice, customer.world.platform.clock()))).id;

/** Closes what is over by now, and freezes it. */
export const freeze = async (customer: Customer): Promise<void> => {
  const now = customer.world.platform.clock();
  await inCustomer(customer, async (sql) => {
    await lockSubscription(sql, customer.id, now);
    await freezeCharges(sql, [customer.id], now);
  });
};

/** A Starter customer whose March went past every allowance, with three complexities and two classes of models, and a void. */
export async function busyCustomer(world: World): Promise<Customer> {
  const customer = await newCustomer(world, MARCH, "starter");
  world.setClock(after(MARCH, DAY_MS));
  await customer.record([
    ...generations(100),
    ...generations(7, { complexity: "T0" }),
    ...generations(3),
    ...generations(2, { complexity: "T3", model: "claude-3-opus", computeTimeMs: 3_660_001 }),
    generation({ idempotencyKey: "by mistake", complexity: "T2" }),
    apiCalls(10_007),
    apiCalls(5),
    task(150_000),
    level(15, MARCH),
  ]);
  await customer.voidEvent("by mistake");
  return customer;
}

/** The draft of its renewal on 1 April as Stripe has it: the fee, and an item for each charge. */
export async function renewalDraft(customer: Customer): Promise<MirroredInvoice> {
  const charges = await inCustomer(customer, (sql) =>
    sql<{ id: string; description: string; amount_minor: string; period_start: string; period_end: string }>(
      "select id, description, amount_minor, period_start, period_end from usage_charges where organization_id = $1 order by created_at, id",
      [customer.id],
    ),
  );
  const items = charges.map((charge): MirroredLine =>
    mirroredLine({
      source: "ITEM",
      chargeId: charge.id,
      description: charge.description,
      amountMinor: BigInt(charge.amount_minor),
      periodStart: new Date(charge.period_start),
      periodEnd: new Date(charge.period_end),
    }),
  );
  const [start, end] = [new Date(APRIL), new Date("2026-05-01T00:00:00Z")];
  const fee = mirroredLine({ periodStart: start, periodEnd: end });
  return mirroredInvoice({ createdAt: start, periodStart: start, periodEnd: end, lines: [fee, ...items] });
}

/** A busy customer whose renewal is mirrored as a draft. */
export async function billedCustomer(
  world: World,
): Promise<{ customer: Customer; draft: MirroredInvoice; id: string }> {
  const customer = await busyCustomer(world);
  world.setClock(APRIL);
  await freeze(customer);
  const draft = await renewalDraft(customer);
  return { customer, draft, id: await mirror(customer, draft) };
}
