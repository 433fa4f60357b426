/** What a viewer may do. Rules of the API and the app look at these words only, never at role names. */
export const permissions = [
  "usage:read",
  "usage:write",
  "billing:read",
  "billing:write",
  "members:read",
  "members:write",
  "keys:read",
  "keys:write",
  "audit:read",
  "tickets:write",
  "organization:write",
  "staff:read",
  "staff:money",
  "staff:platform",
] as const;

export type Permission = (typeof permissions)[number];
