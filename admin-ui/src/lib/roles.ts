import type { UserRole } from "../gql/documents";

/** What a role is called and what it may, for people who give or get one. Rights are never read from here. */
export const ROLES: Readonly<Record<UserRole, { readonly label: string; readonly may: string }>> = {
  OWNER: { label: "Owner", may: "everything, the plan and the organization itself included." },
  ADMIN: { label: "Admin", may: "manages members and API keys, and sees usage and the bill." },
  BILLING: { label: "Billing", may: "sees usage, the plan and the bill, and can change the plan." },
  MEMBER: { label: "Member", may: "sees usage and quotas." },
  PLATFORM_ADMIN: { label: "Platform admin", may: "everything in the console." },
  FINANCE: { label: "Finance", may: "revenue, invoices, refunds and the catalog." },
  SUPPORT: { label: "Support", may: "reads customers and answers tickets." },
};

/** The roles within an organization, the one with most rights first. */
export const MEMBER_ROLES = ["OWNER", "ADMIN", "BILLING", "MEMBER"] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

export const asMemberRole = (text: string): MemberRole => MEMBER_ROLES.find((role) => role === text) ?? "MEMBER";
