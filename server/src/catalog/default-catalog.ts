import type { MeterCode } from "../rating/meter.ts";
import type { MeterTerms, PlanCode, PlanTerms } from "./plan-terms.ts";

const premiumModels = ["gpt-4", "claude-3"];

/** Unit prices are the same on every plan; allowances differ. */
const meters = (included: Readonly<Record<MeterCode, string | null>>): Record<MeterCode, MeterTerms> => ({
  generations: {
    included: included.generations,
    prices: {
      T0: { kind: "perUnit", price: "0.10" },
      T1: { kind: "perUnit", price: "0.25" },
      T2: { kind: "perUnit", price: "0.50" },
      T3: { kind: "perUnit", price: "1.00" },
    },
    premiumMultiplier: "2",
  },
  api_calls: {
    included: included.api_calls,
    prices: { all: { kind: "perUnit", price: "0.001" } },
    premiumMultiplier: "1",
  },
  storage: { included: included.storage, prices: { all: { kind: "perUnit", price: "0.10" } }, premiumMultiplier: "1" },
  compute: { included: included.compute, prices: { all: { kind: "perUnit", price: "0.05" } }, premiumMultiplier: "1" },
});

const switches = ["custom_templates", "custom_models", "sso", "on_premise", "dedicated_resources"] as const;

const entitlements = (
  activeProjects: string | null,
  integrations: "basic" | "all",
  on: readonly (typeof switches)[number][],
) => [
  { key: "active_projects", enabled: true, limit: activeProjects, value: null },
  { key: "integrations", enabled: true, limit: null, value: integrations },
  ...switches.map((key) => ({ key, enabled: on.includes(key), limit: null, value: null })),
];

/** What the product sells when it is first started; operators publish later versions. */
export const defaultCatalog: Readonly<Record<PlanCode, PlanTerms>> = {
  free: {
    name: "Free",
    monthly: "0",
    monthlyIsMinimum: false,
    limit: "hard",
    support: "community",
    meters: meters({ generations: "10", api_calls: "1000", storage: "1", compute: "10" }),
    premiumModels,
    entitlements: entitlements("1", "basic", []),
    ratePerMinute: { api_calls: 60, generations: 5 },
  },
  starter: {
    name: "Starter",
    monthly: "99",
    monthlyIsMinimum: false,
    limit: "overage",
    support: "community",
    meters: meters({ generations: "100", api_calls: "10000", storage: "10", compute: "100" }),
    premiumModels,
    entitlements: entitlements("5", "basic", []),
    ratePerMinute: { api_calls: 300, generations: 20 },
  },
  professional: {
    name: "Professional",
    monthly: "499",
    monthlyIsMinimum: false,
    limit: "overage",
    support: "priority",
    meters: meters({ generations: "1000", api_calls: "100000", storage: "100", compute: "1000" }),
    premiumModels,
    entitlements: entitlements(null, "all", ["custom_templates"]),
    ratePerMinute: { api_calls: 3_000, generations: 120 },
  },
  enterprise: {
    name: "Enterprise",
    monthly: "2499",
    monthlyIsMinimum: true,
    limit: "none",
    support: "24x7",
    meters: meters({ generations: null, api_calls: null, storage: null, compute: null }),
    premiumModels,
    entitlements: entitlements(null, "all", [...switches]),
    ratePerMinute: { api_calls: 30_000, generations: 1_200 },
  },
};
