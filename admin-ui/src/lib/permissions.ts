/** Every right that the app asks for. Roles are the server's business. */
export type Permission =
  | "usage:read"
  | "billing:read"
  | "billing:write"
  | "members:read"
  | "members:write"
  | "keys:read"
  | "keys:write"
  | "audit:read"
  | "organization:write"
  | "staff:read"
  | "staff:money"
  | "staff:platform";

const HOLDERS: Readonly<Record<Permission, string>> = {
  "usage:read": "members of the organization",
  "billing:read": "owners, admins and billing members",
  "billing:write": "owners and billing members",
  "members:read": "owners and admins",
  "members:write": "owners and admins",
  "keys:read": "owners and admins",
  "keys:write": "owners and admins",
  "audit:read": "owners and admins",
  "organization:write": "owners",
  "staff:read": "staff of QLP",
  "staff:money": "the finance team and platform admins",
  "staff:platform": "platform admins",
};

/** Who can do what the viewer cannot, in words: "owners and admins". */
export const holdersOf = (permission: Permission): string => HOLDERS[permission];
