import type { Permission } from "../kernel/permission.ts";

/** Roles within an organization. */
export const MemberRole = { OWNER: "OWNER", ADMIN: "ADMIN", BILLING: "BILLING", MEMBER: "MEMBER" } as const;
export type MemberRole = (typeof MemberRole)[keyof typeof MemberRole];

/** Roles of the platform's own people, who belong to no organization. */
export const StaffRole = { PLATFORM_ADMIN: "PLATFORM_ADMIN", FINANCE: "FINANCE", SUPPORT: "SUPPORT" } as const;
export type StaffRole = (typeof StaffRole)[keyof typeof StaffRole];

export const UserRole = { ...StaffRole, ...MemberRole } as const;
export type UserRole = MemberRole | StaffRole;

const everyone = ["usage:read", "tickets:write"] as const satisfies readonly Permission[];
const management = [
  "members:read",
  "members:write",
  "keys:read",
  "keys:write",
  "audit:read",
] as const satisfies readonly Permission[];

const granted: Readonly<Record<UserRole, readonly Permission[]>> = {
  OWNER: [...everyone, "billing:read", "billing:write", ...management, "organization:write"],
  ADMIN: [...everyone, "billing:read", ...management],
  BILLING: [...everyone, "billing:read", "billing:write"],
  MEMBER: everyone,
  PLATFORM_ADMIN: [
    "staff:read",
    "staff:money",
    "staff:platform",
    "usage:read",
    "billing:read",
    "members:read",
    "keys:read",
    "audit:read",
  ],
  FINANCE: ["staff:read", "staff:money"],
  SUPPORT: ["staff:read", "tickets:write"],
};

const sets = new Map(Object.entries(granted).map(([role, permissions]) => [role, new Set(permissions)]));
const none: ReadonlySet<Permission> = new Set();

/** What a role may do. Recording usage is for keys alone. */
export const permissionsOf = (role: UserRole): ReadonlySet<Permission> => sets.get(role) ?? none;

const ranks: Readonly<Record<MemberRole, number>> = { OWNER: 3, ADMIN: 2, BILLING: 1, MEMBER: 1 };

/** Keys manage members as low as they can: whoever finds one must not be able to make themselves an administrator. */
const KEY_RANK = 1;

/** Where an asker stands: null is a key that may manage members. */
const rankOf = (role: MemberRole | null): number => (role === null ? KEY_RANK : ranks[role]);

export const isMemberRole = (role: string): role is MemberRole => Object.hasOwn(MemberRole, role);

/** Nobody gives or takes a role above their own. */
export const mayGive = (own: MemberRole | null, role: UserRole): boolean =>
  isMemberRole(role) && ranks[role] <= rankOf(own);

/**
 * Nobody raises themselves: one's own role may only become one that allows nothing new. So an ADMIN
 * cannot become BILLING to spend money, although it ranks lower.
 */
export const isRaise = (from: MemberRole, to: MemberRole): boolean => {
  const before = permissionsOf(from);
  return [...permissionsOf(to)].some((permission) => !before.has(permission));
};
