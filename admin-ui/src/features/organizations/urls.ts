export type OrganizationTab =
  | "overview"
  | "usage"
  | "events"
  | "decisions"
  | "billing"
  | "invoices"
  | "subscription"
  | "members"
  | "keys"
  | "webhooks"
  | "audit";

/** The list of organizations, already filtered. */
export const organizationsUrl = (
  view: { search?: string; plan?: string; status?: string; sort?: string } = {},
): string => {
  const written = new URLSearchParams(view).toString();
  return written === "" ? "/console/organizations" : `/console/organizations?${written}`;
};

/** One organization, as staff see it. */
export const organizationUrl = (id: string, tab: OrganizationTab = "overview"): string =>
  tab === "overview" ? `/console/organizations/${id}` : `/console/organizations/${id}/${tab}`;
