import { describe, expect, test } from "vitest";
import { PLANS } from "../../../test/catalog";
import type { RateCard_PlanFragment } from "../../gql/documents";
import { planChanges } from "./plan-diff";
import { type PlanDraft, planDraftOf, planFaults, publishInputOf, withComplexities } from "./plan-draft";

const starter = planDraftOf(PLANS[1] as unknown as RateCard_PlanFragment);
const changed = (rest: Partial<PlanDraft>): PlanDraft => ({ ...starter, ...rest });
const changes = (rest: Partial<PlanDraft>) => planChanges(starter, changed(rest), "USD");

describe("the next version of a plan", () => {
  test("starts as the newest one: nothing differs and nothing is wrong", () => {
    expect(changes({})).toEqual([]);
    expect(planFaults(starter)).toEqual({});
  });

  test("an amount that is only written otherwise is no change", () => {
    expect(changes({ monthlyPrice: "$ 99.00" })).toEqual([]);
  });

  test("each change is said with what was before", () => {
    const meters = starter.meters.map((meter) => (meter.meter === "storage" ? { ...meter, unlimited: true } : meter));
    expect(changes({ monthlyPrice: "1,099", meters })).toEqual([
      { label: "Monthly price", before: "$99.00", after: "$1,099.00" },
      { label: "Storage included", before: "10 GB-months", after: "Unlimited" },
    ]);
  });

  test("one price for all complexities takes the place of four", () => {
    const meters = starter.meters.map((meter) =>
      meter.meter === "generations" ? withComplexities(meter, false) : meter,
    );
    const differing = changes({ meters });
    expect(differing[0]).toEqual({ label: "Price of Generations", before: null, after: "$0.10 a generation" });
    expect(differing.slice(1).map(({ label, after }) => [label, after])).toEqual([
      ["Price of Generations T0", null],
      ["Price of Generations T1", null],
      ["Price of Generations T2", null],
      ["Price of Generations T3", null],
    ]);
  });

  test.each([
    { rest: { name: " " }, fault: "name" },
    { rest: { monthlyPrice: "9.999" }, fault: "monthlyPrice" },
    { rest: { rateLimits: [{ action: "api_calls", perMinute: "0" }] }, fault: "rateLimits.0.perMinute" },
    { rest: { meters: starter.meters.map((meter) => ({ ...meter, included: "1.5" })) }, fault: "meters.0.included" },
    {
      rest: { meters: starter.meters.map((meter) => ({ ...meter, premiumMultiplier: "0" })) },
      fault: "meters.0.premiumMultiplier",
    },
  ])("what cannot be published is said at $fault", ({ rest, fault }) => {
    expect(Object.keys(planFaults(changed(rest)))).toContain(fault);
  });

  test("all of it is sent, with exact decimals and open ends as null", () => {
    const input = publishInputOf(changed({ monthlyPrice: "1,099.50" }));
    expect(input.monthlyPrice).toBe("1099.5");
    expect(input.included).toContainEqual({ meter: "generations", quantity: "100" });
    expect(input.prices).toHaveLength(7);
    expect(input.prices[1]).toEqual({
      meter: "generations",
      complexity: "T1",
      model: "PER_UNIT",
      unitPrice: "0.25",
      premiumMultiplier: "2",
    });
    expect(input.entitlements).toContainEqual({ key: "integrations", enabled: true, limit: null, value: "basic" });
  });
});
