import { STARTER, usd } from "./catalog";
import { connection } from "./connection";
import { meterUsages, type MockEvent, usageDays, usageEvents } from "./usage";
import { ID, type PageArgs, type Span } from "./world-parts";

type FilterArgs = PageArgs & { filter?: Record<string, unknown> | null };

/** What an organization on Starter used, and what it will pay: the fields of `Organization` that say so. */
export function usageWorld({ now, start, end }: Span, count: number, organization: () => object) {
  let events: MockEvent[] = usageEvents(now, count);
  const rejected: object[] = [
    {
      id: ID(900),
      at: now.toISOString(),
      idempotencyKey: "job-17",
      status: "CONFLICT",
      reason: "The key was used with other content.",
      action: "GENERATION",
      keyPrefix: "qlp_4f2a",
    },
    {
      id: ID(901),
      at: now.toISOString(),
      idempotencyKey: "job-0",
      status: "REJECTED",
      reason: "occurredAt is more than 35 days back.",
      action: "EXPORT",
      keyPrefix: "qlp_4f2a",
    },
  ];

  const filtered = (filter: FilterArgs["filter"]) =>
    events.filter(
      (event) =>
        (!filter?.["complexity"] || event.complexity === filter["complexity"]) &&
        (!filter?.["action"] || event.action === filter["action"]) &&
        (!filter?.["rating"] || event.rating === filter["rating"]) &&
        (!filter?.["late"] || event.late) &&
        (typeof filter?.["search"] !== "string" || event.idempotencyKey.startsWith(filter["search"])),
    );

  const line = (
    number: number,
    kind: string,
    meter: string | null,
    description: string,
    quantity: string,
    amount: string,
    exact: string,
  ) => ({
    id: ID(number),
    kind,
    meter,
    description,
    quantity,
    amount: usd(amount),
    exactAmount: usd(exact),
    roundingDifference: usd("0"),
    estimated: meter === "storage",
    periodStart: start.toISOString(),
    periodEnd: end.toISOString(),
    explanation: null,
    usageEvents: (args: PageArgs) =>
      meter === "generations"
        ? connection(
            events.filter(({ rating }) => rating === "BILLABLE"),
            args,
          )
        : null,
  });

  const fields = {
    usage: () => ({
      periodStart: start.toISOString(),
      periodEnd: end.toISOString(),
      meters: meterUsages(events),
      total: usd("12.35"),
      asOf: new Date().toISOString(),
    }),
    usageByDay: () => usageDays(events),
    usageEvents: ({ filter, ...page }: FilterArgs) => connection(filtered(filter), page),
    usageEvent: ({ id, idempotencyKey }: { id?: string | null; idempotencyKey?: string | null }) => ({
      ...events.find((event) => (id ? event.id === id : event.idempotencyKey === idempotencyKey)),
      organization,
      period: {
        id: ID(30),
        start: start.toISOString(),
        end: end.toISOString(),
        open: true,
        plan: STARTER,
        trial: false,
      },
    }),
    rejectedUsage: (args: PageArgs) => connection(rejected, args),
    spending: () => ({
      cap: null,
      spent: usd("0"),
      held: usd("0"),
      reached: false,
      resetAt: end.toISOString(),
    }),
    quotas: () =>
      meterUsages(events).map(({ meter, unit, quantity, included, estimated }) => {
        const limit = STARTER.included.find((allowance) => allowance.meter === meter)?.quantity ?? null;
        return {
          meter,
          unit,
          limit,
          used: quantity,
          remaining: limit === included ? "0" : String(Number(limit) - Number(quantity)),
          resetAt: end.toISOString(),
          limitKind: "OVERAGE",
          estimated,
        };
      }),
    upcomingInvoice: () => ({
      lines: [
        line(40, "FEE", null, "Starter, monthly fee", "1", "99.00", "99"),
        line(41, "USAGE", "generations", "Generations past the allowance", "28", "12.10", "12.1"),
        line(42, "USAGE", "storage", "Storage past the allowance", "2.482913", "0.25", "0.2482913"),
      ],
      total: usd("111.35"),
      periodStart: start.toISOString(),
      periodEnd: end.toISOString(),
      dueAt: end.toISOString(),
    }),
  };

  const addEvent = (event: MockEvent) => {
    events = [event, ...events];
  };
  return { fields, addEvent, events: () => events };
}
