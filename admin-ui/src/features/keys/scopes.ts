/** What a key may be allowed, in the words of those who give it. */
export const SCOPES = [
  { scope: "usage:write", label: "Send usage", may: "record usage events" },
  { scope: "usage:read", label: "Read usage", may: "see usage, quotas and events" },
  { scope: "billing:read", label: "Read billing", may: "see the plan and the upcoming invoice" },
  { scope: "members:write", label: "Manage members", may: "see, invite and remove members of the lowest rank" },
  { scope: "audit:read", label: "Read the audit log", may: "see who changed what" },
] as const;

export const PRESETS = [
  { label: "A service that reports usage", scopes: ["usage:write"] },
  { label: "A dashboard", scopes: ["usage:read", "billing:read"] },
] as const;

/** The words of a scope; one that is new to the app is shown as it is. */
export const scopeLabel = (scope: string): string => SCOPES.find((known) => known.scope === scope)?.label ?? scope;
