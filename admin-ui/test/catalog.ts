/** The plans as the API gives them, with a fixed catalog. */
export const usd = (amount: string) => ({ amount, currency: "USD" });

const price = (meter: string, unit: string, unitPrice: string, complexity: string | null = null) => ({
  meter,
  complexity,
  unitPrice: usd(unitPrice),
  model: "PER_UNIT",
  tiers: [],
  packageSize: null,
  premiumMultiplier: meter === "generations" ? "2" : "1",
  unit,
});

const prices = [
  price("generations", "generation", "0.10", "T0"),
  price("generations", "generation", "0.25", "T1"),
  price("generations", "generation", "0.50", "T2"),
  price("generations", "generation", "1.00", "T3"),
  price("api_calls", "call", "0.001"),
  price("storage", "GB-month", "0.10"),
  price("compute", "minute", "0.05"),
];

const METERS = ["generations", "api_calls", "storage", "compute"];

function plan(
  code: string,
  name: string,
  monthly: string,
  limitKind: string,
  support: string,
  included: (string | null)[],
  rest: object,
) {
  return {
    code,
    name,
    version: 1,
    monthlyPrice: usd(monthly),
    monthlyPriceIsMinimum: code === "ENTERPRISE",
    limitKind,
    support,
    included: METERS.map((meter, index) => ({ meter, quantity: included[index] ?? null })),
    prices,
    rateLimits: [],
    ...rest,
  };
}

const entitlements = (projects: string | null, integrations: string, ...enabled: string[]) => ({
  entitlements: [
    { key: "active_projects", enabled: true, limit: projects, value: null },
    { key: "integrations", enabled: true, limit: null, value: integrations },
    ...["custom_templates", "custom_models", "sso", "on_premise", "dedicated_resources"].map((key) => ({
      key,
      enabled: enabled.includes(key),
      limit: null,
      value: null,
    })),
  ],
});

export const FREE = plan(
  "FREE",
  "Free",
  "0",
  "HARD",
  "community",
  ["10", "1000", "1", "10"],
  entitlements("1", "basic"),
);
export const STARTER = plan(
  "STARTER",
  "Starter",
  "99",
  "OVERAGE",
  "community",
  ["100", "10000", "10", "100"],
  entitlements("5", "basic"),
);
export const PROFESSIONAL = plan(
  "PROFESSIONAL",
  "Professional",
  "499",
  "OVERAGE",
  "priority",
  ["1000", "100000", "100", "1000"],
  entitlements(null, "all", "custom_templates"),
);
const ENTERPRISE = plan(
  "ENTERPRISE",
  "Enterprise",
  "2499",
  "NONE",
  "24x7",
  [null, null, null, null],
  entitlements(null, "all", "custom_templates", "custom_models", "sso", "on_premise", "dedicated_resources"),
);

export const PLANS = [FREE, STARTER, PROFESSIONAL, ENTERPRISE];
