import { describe, expect, test } from "vitest";
import { mirroredLine } from "../../../test/mirrored.ts";
import type { UsageRoute } from "../../invoices/charge.entity.ts";
import type { MeterCode } from "../../rating/meter.ts";
import { meteredOf } from "./metered-charges.ts";
import { nextRoute, type RouteChoice, routeFrom } from "./route-choices.ts";

const APRIL = new Date("2026-04-01T00:00:00Z");

type Change = { readonly meter?: MeterCode; readonly route?: UsageRoute; readonly invoice?: string };

const charge = (id: string, { meter = "api_calls", route = "stripe_meter", invoice }: Change = {}) => ({
  id,
  meter,
  route,
  invoice_id: invoice ?? null,
});

const line = (meter: MeterCode = "api_calls") =>
  mirroredLine({ source: "METERED", meter, amountMinor: 0n, periodEnd: APRIL });

describe("charges go by a meter", () => {
  test.each([
    { why: "one that is meant to, by its line", charges: [charge("a")], lines: [line()], metered: ["a"] },
    { why: "none without a line", charges: [charge("a")], lines: [mirroredLine()], metered: [] },
    { why: "none by another meter's line", charges: [charge("a")], lines: [line("compute")], metered: [] },
    {
      why: "none that is meant to be an item",
      charges: [charge("a", { route: "invoice_item" })],
      lines: [line()],
      metered: [],
    },
    {
      why: "the newest of several, since a meter has one line",
      charges: [charge("new"), charge("old")],
      lines: [line()],
      metered: ["new"],
    },
    {
      why: "none any more once the draft has taken one",
      charges: [charge("new"), charge("taken", { invoice: "in" })],
      lines: [line()],
      metered: [],
    },
    {
      why: "one of each meter",
      charges: [charge("a"), charge("b", { meter: "compute" })],
      lines: [line(), line("compute")],
      metered: ["a", "b"],
    },
  ])("$why", ({ charges, lines, metered }) => {
    expect([...meteredOf(charges, lines, APRIL).keys()]).toEqual(metered);
  });

  test("until Stripe takes no events of the line's time any more", () => {
    const daysLater = (days: number) => new Date(APRIL.getTime() + days * 86_400_000);
    expect(meteredOf([charge("a")], [line()], daysLater(34)).size).toBe(1);
    expect(meteredOf([charge("a")], [line()], daysLater(35)).size).toBe(0);
  });
});

test("a choice holds for the periods that begin at it or later", () => {
  const at = (day: number) => new Date(Date.UTC(2026, 3, day));
  const choices: RouteChoice[] = [
    { meter: "api_calls", route: "stripe_meter", chosenAt: at(5) },
    { meter: "compute", route: "stripe_meter", chosenAt: at(6) },
    { meter: "api_calls", route: "invoice_item", chosenAt: at(15) },
  ];
  const routes = [1, 4, 5, 10, 15, 20].map((day) => routeFrom(choices, "api_calls", at(day)));
  expect(routes).toEqual([
    "invoice_item",
    "invoice_item",
    "stripe_meter",
    "stripe_meter",
    "invoice_item",
    "invoice_item",
  ]);
  expect(nextRoute(choices, "api_calls")).toBe("invoice_item");
  expect(nextRoute(choices, "compute")).toBe("stripe_meter");
  expect(nextRoute(choices, "storage")).toBe("invoice_item");
});
