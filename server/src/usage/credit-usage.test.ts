import { describe, expect, test } from "vitest";
import { after, generation, generations, type RecordedEvent } from "../../test/customer.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { NOW, START, starter } from "../../test/starter.ts";

const END = "2026-04-01T00:00:00.000Z";

const byKey = (events: readonly RecordedEvent[]): Map<string, RecordedEvent> =>
  new Map(events.map((event) => [event.idempotencyKey, event]));

describe("an event of a closed period that is voided", () => {
  async function closed() {
    const { customer, world } = await starter();
    await customer.record(generations(100, { complexity: "T0" }));
    const [wrong, other] = [
      generation({ complexity: "T3", model: "gpt-4", computeTimeMs: 60_000 + 120 * 60_000 }),
      generation({ complexity: "T3" }),
    ];
    await customer.record([wrong, other]);
    world.setClock(after(END, DAY_MS));
    return { customer, world, wrong, other };
  }

  test("is credited in the open one, and the closed one stays as it was billed", async () => {
    const { customer, wrong, other } = await closed();
    const billed = await customer.usage(START, END);
    expect(billed).toMatchObject({
      total: { amount: "4.00" },
      meters: { generations: { amount: { amount: "3" } }, compute: { amount: { amount: "1" } } },
    });

    await customer.voidEvent(wrong.idempotencyKey);
    expect(await customer.usage(START, END)).toEqual(billed);
    expect(await customer.usage()).toMatchObject({
      total: { amount: "-3.00" },
      meters: {
        generations: { quantity: "0", amount: { amount: "0" }, credit: { amount: "2" } },
        compute: { quantity: "0", credit: { amount: "1" } },
      },
    });
    const { lines, total } = await customer.upcoming();
    expect(lines.map(({ kind, meter, amount }) => [kind, meter, amount.amount])).toEqual([
      ["FEE", null, "99.00"],
      ["CREDIT", "generations", "-2.00"],
      ["CREDIT", "compute", "-1.00"],
    ]);
    expect(total.amount).toBe("96.00");
    expect(byKey(await customer.events()).get(other.idempotencyKey)).toMatchObject({
      rating: "BILLABLE",
      amount: { amount: "1" },
    });
    expect((await customer.quotas()).generations).toMatchObject({ used: "0", remaining: "100" });
  });

  test("within the allowance gives nothing back: it cost nothing", async () => {
    const { customer, world } = await starter();
    const event = generation();
    await customer.accept(event);
    world.setClock(after(END, DAY_MS));
    await customer.voidEvent(event.idempotencyKey);
    expect((await customer.usage()).meters.generations).toMatchObject({ quantity: "0", credit: { amount: "0" } });
    expect((await customer.upcoming()).lines.map(({ kind }) => kind)).toEqual(["FEE"]);
  });

  test("but counted late in the open one is taken from the open one", async () => {
    const { customer, wrong } = await closed();
    await customer.record(generations(100));
    const late = generation({ complexity: "T2", occurredAt: NOW });
    expect(await customer.accept(late)).toMatchObject({ late: true, amount: { amount: "0.5" } });
    await customer.voidEvent(late.idempotencyKey);
    expect((await customer.usage()).meters.generations).toMatchObject({
      quantity: "100",
      billable: "0",
      credit: { amount: "0" },
    });
    await customer.voidEvent(wrong.idempotencyKey);
    expect((await customer.usage()).meters.generations).toMatchObject({ quantity: "100", credit: { amount: "2" } });
  });

  test("keeps its credit in the period it was given in", async () => {
    const { customer, world, wrong } = await closed();
    await customer.voidEvent(wrong.idempotencyKey);
    world.setClock(after("2026-05-01T00:00:00.000Z", 1));
    expect((await customer.usage()).meters.generations.credit.amount).toBe("0");
    expect((await customer.usage(END, "2026-05-01T00:00:00.000Z")).meters.generations.credit.amount).toBe("2");
  });
});
