import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../kernel/clock.ts";
import type { ReportedEvent } from "../../usage/usage-event.ts";
import type { DemoCustomer } from "./customers.ts";
import type { Random } from "./random.ts";

const projects = ["checkout", "mobile-app", "data-pipeline", "internal-tools"] as const;
const models = ["qlp-base", "qlp-base", "qlp-base", "gpt-4", "claude-3", "claude-3-haiku"] as const;

/** What a customer did on one day, in order: more on weekdays, mostly in office hours, growing over the months. */
export function usageOfDay(
  customer: DemoCustomer,
  random: Random,
  day: Date,
  index: number,
  until: Date,
): ReportedEvent[] {
  const weekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
  const growth = 0.85 + (0.3 * index) / 90;
  const mean = (customer.generations / 30) * growth * (weekend ? 0.35 : 1.25);
  const count = Math.floor(mean) + (random.chance(mean % 1) ? 1 : 0);
  const key = (kind: string, number: number): string => `${customer.slug}-${kind}-${index}-${number}`;
  const at = (): Date =>
    new Date(day.getTime() + 7 * HOUR_MS + random.between(0, 12 * 60) * MINUTE_MS + random.between(0, 59_999));

  const events: ReportedEvent[] = [];
  for (let number = 0; number < count; number += 1) {
    events.push({
      idempotencyKey: key("gen", number),
      action: "GENERATION",
      complexity: random.pick(["T0", "T0", "T1", "T1", "T1", "T2", "T2", "T3"] as const),
      model: random.pick(models),
      computeTimeMs: random.chance(0.25) ? random.between(61_000, 420_000) : random.between(4_000, 58_000),
      tokensUsed: random.between(800, 22_000),
      projectId: random.pick(projects),
      failed: random.chance(0.03),
      occurredAt: at(),
    });
    if (random.chance(0.3))
      events.push({
        idempotencyKey: key("check", number),
        action: "VALIDATION",
        computeTimeMs: random.between(10_000, 190_000),
        projectId: random.pick(projects),
        occurredAt: at(),
      });
  }
  if (count > 0 && random.chance(0.4))
    events.push({
      idempotencyKey: key("export", 0),
      action: "EXPORT",
      computeTimeMs: random.between(20_000, 240_000),
      occurredAt: at(),
    });
  if (customer.generations > 0) {
    for (let hour = 0; hour < 4; hour += 1) {
      const calls = Math.floor(customer.generations * random.next() * (weekend ? 0.3 : 1));
      if (calls > 0)
        events.push({
          idempotencyKey: key("calls", hour),
          action: "API_CALL",
          quantity: calls.toString(),
          occurredAt: new Date(day.getTime() + (8 + hour * 3) * HOUR_MS),
        });
    }
  }
  if (customer.storageGb > 0 && index % 5 === 0) {
    const bytes = BigInt(Math.floor(customer.storageGb * growth * (0.8 + 0.4 * random.next()) * 1_000)) * 1_000_000n;
    events.push({
      idempotencyKey: key("storage", 0),
      action: "STORAGE",
      storageBytes: bytes,
      occurredAt: new Date(day.getTime() + 6 * HOUR_MS),
    });
  }
  return events
    .filter(
      ({ occurredAt }) => occurredAt !== null && occurredAt !== undefined && occurredAt.getTime() < until.getTime(),
    )
    .toSorted((a, b) => (a.occurredAt?.getTime() ?? 0) - (b.occurredAt?.getTime() ?? 0));
}

/** Midnights UTC of the days from `from` up to `until`. */
export function daysBetween(from: Date, until: Date): Date[] {
  const days: Date[] = [];
  for (let at = Math.floor(from.getTime() / DAY_MS) * DAY_MS; at < until.getTime(); at += DAY_MS)
    days.push(new Date(at));
  return days;
}
