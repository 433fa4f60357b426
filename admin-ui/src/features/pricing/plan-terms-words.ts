import type { LimitKind } from "../../gql/documents";
import { formatCount, formatDecimal, unitName, unitOf } from "../../lib/quantity";

export const LIMIT_KINDS: Readonly<Record<LimitKind, string>> = {
  HARD: "New work is refused",
  OVERAGE: "Billed as overage",
  NONE: "Nothing to bill",
};

export const SUPPORT: Readonly<Record<string, string>> = {
  community: "Community",
  priority: "Priority",
  "24x7": "Around the clock, with an SLA",
};

export const supportWords = (support: string): string => SUPPORT[support] ?? support;

/** What kind of right an entitlement is: it is on or off, a number of things, or one of several choices. */
export type EntitlementKind = "switch" | "limit" | "choice";

const ENTITLEMENTS: Readonly<Record<string, { readonly label: string; readonly kind: EntitlementKind }>> = {
  active_projects: { label: "Active projects", kind: "limit" },
  integrations: { label: "Integrations", kind: "choice" },
  custom_templates: { label: "Custom templates", kind: "switch" },
  custom_models: { label: "Custom models", kind: "switch" },
  sso: { label: "SSO / SAML", kind: "switch" },
  on_premise: { label: "On-premise", kind: "switch" },
  dedicated_resources: { label: "Dedicated resources", kind: "switch" },
};

type Entitlement = {
  readonly key: string;
  readonly enabled: boolean;
  readonly limit: string | null;
  readonly value: string | null;
};

const spelledOut = (key: string): string => {
  const words = key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const entitlementLabel = (key: string): string => ENTITLEMENTS[key]?.label ?? spelledOut(key);

/** One that is new to the app tells its kind by what it holds. */
export const entitlementKind = ({ key, limit, value }: Omit<Entitlement, "enabled">): EntitlementKind =>
  ENTITLEMENTS[key]?.kind ?? (value !== null ? "choice" : limit !== null ? "limit" : "switch");

/** "Up to 5", "Unlimited", "All", "Yes", "No". */
export function entitlementWords(entitlement: Entitlement): string {
  const { enabled, limit, value } = entitlement;
  if (!enabled) return "No";
  switch (entitlementKind(entitlement)) {
    case "switch":
      return "Yes";
    case "limit":
      return limit === null ? "Unlimited" : `Up to ${formatDecimal(limit)}`;
    case "choice":
      return value === null ? "Yes" : spelledOut(value);
  }
}

export const rateLimitWords = ({
  action,
  perMinute,
}: {
  readonly action: string;
  readonly perMinute: number;
}): string => `${formatCount(perMinute)} ${unitOf(action)}s a minute`;

export const allowanceWords = (meter: string, quantity: string | null): string =>
  quantity === null ? "Unlimited" : `${formatDecimal(quantity)} ${unitName(quantity, unitOf(meter))}`;
