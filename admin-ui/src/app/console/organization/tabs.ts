import type { OrganizationTab } from "../../../features/organizations/urls";

/** The rooms of one organization, in the order of the tabs. */
export const TABS: readonly { readonly tab: OrganizationTab; readonly label: string }[] = [
  { tab: "overview", label: "Overview" },
  { tab: "usage", label: "Usage" },
  { tab: "events", label: "Events" },
  { tab: "decisions", label: "Decisions" },
  { tab: "billing", label: "Upcoming invoice" },
  { tab: "invoices", label: "Invoices" },
  { tab: "subscription", label: "Subscription" },
  { tab: "members", label: "Members" },
  { tab: "keys", label: "API keys" },
  { tab: "webhooks", label: "Webhooks" },
  { tab: "audit", label: "Audit log" },
];

/** The tab that an address below `/console/organizations/:id` shows. */
export function tabOf(pathname: string, id: string): OrganizationTab {
  const rest = pathname.split(`/${id}/`)[1]?.split("/")[0];
  return TABS.find(({ tab }) => tab === rest)?.tab ?? "overview";
}
