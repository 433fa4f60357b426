import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { lossesOf } from "./losses.ts";

const { free, starter, professional, enterprise } = defaultCatalog;
const GB = 1_000_000_000n;
const nothing = { activeProjects: 0, storedBytes: 0n };

describe("use that a smaller plan does not hold", () => {
  test.each([
    { why: "as many projects as it has", inUse: { activeProjects: 5, storedBytes: 0n }, unfit: [] },
    {
      why: "one project more",
      inUse: { activeProjects: 6, storedBytes: 0n },
      unfit: ["6 active projects, Starter has 5"],
    },
    { why: "as many bytes as it includes", inUse: { activeProjects: 0, storedBytes: 10n * GB }, unfit: [] },
    {
      why: "one byte more, rounded up so that it does not read as 10",
      inUse: { activeProjects: 0, storedBytes: 10n * GB + 1n },
      unfit: ["10.1 GB stored, Starter includes 10 GB"],
    },
    {
      why: "both",
      inUse: { activeProjects: 7, storedBytes: 12_400_000_000n },
      unfit: ["7 active projects, Starter has 5", "12.4 GB stored, Starter includes 10 GB"],
    },
  ])("$why", ({ inUse, unfit }) => {
    expect(lossesOf(professional, starter, inUse).unfit).toEqual(unfit);
  });

  test("one project too many on Free is said in the singular where it is one", () => {
    const none = { ...free, entitlements: [{ key: "active_projects", enabled: true, limit: "0", value: null }] };
    expect(lossesOf(starter, none, { activeProjects: 1, storedBytes: 0n }).unfit).toEqual([
      "1 active project, Free has 0",
    ]);
  });

  test("an unlimited plan holds anything, and more use never fits better", () => {
    const use = fc.record({ activeProjects: fc.nat(100), storedBytes: fc.bigInt({ min: 0n, max: 1_000n * GB }) });
    fc.assert(
      fc.property(use, use, (a, b) => {
        expect(lossesOf(starter, enterprise, a).unfit).toEqual([]);
        const both = {
          activeProjects: a.activeProjects + b.activeProjects,
          storedBytes: a.storedBytes + b.storedBytes,
        };
        expect(lossesOf(professional, starter, both).unfit.length).toBeGreaterThanOrEqual(
          lossesOf(professional, starter, a).unfit.length,
        );
      }),
    );
  });
});

test("what goes with a smaller plan is named: rights, allowances, support", () => {
  expect(lossesOf(professional, starter, nothing).features).toEqual([
    "5 active projects on Starter, instead of any number",
    "Integrations: basic only, instead of all",
    "Custom templates are not part of Starter",
    "100 generations included, instead of 1,000",
    "10,000 API calls included, instead of 100,000",
    "10 GB of storage included, instead of 100",
    "100 compute minutes included, instead of 1,000",
    "Community support, instead of priority",
  ]);
});

test.each([
  ["Free", "Starter", free, starter],
  ["Starter", "Professional", starter, professional],
  ["Professional", "Enterprise", professional, enterprise],
  ["Starter", "Starter", starter, starter],
])("nothing goes from %s to %s", (_from, _to, from, to) => {
  expect(lossesOf(from, to, nothing)).toEqual({ unfit: [], features: [] });
});
