import {
  IconBolt,
  IconBuilding,
  IconChartBar,
  IconCreditCard,
  IconFileInvoice,
  IconGauge,
  IconGavel,
  IconHourglass,
  IconKey,
  IconLayoutDashboard,
  IconListDetails,
  IconReceipt,
  IconStack2,
  IconUser,
  IconUsers,
  IconWebhook,
} from "@tabler/icons-react";
import type { Permission } from "../../lib/permissions";
import type { NavItem, NavSection } from "../../ui/Shell";

type Entry = NavItem & { readonly permission?: Permission };

const SECTIONS: readonly { readonly label: string | null; readonly items: readonly Entry[] }[] = [
  {
    label: null,
    items: [
      { label: "Overview", to: "/app", icon: IconLayoutDashboard, exact: true },
      { label: "Quickstart", to: "/app/quickstart", icon: IconBolt },
    ],
  },
  {
    label: "Usage",
    items: [
      { label: "Summary", to: "/app/usage", icon: IconChartBar, exact: true, permission: "usage:read" },
      { label: "Events", to: "/app/usage/events", icon: IconListDetails, permission: "usage:read" },
      { label: "Decisions", to: "/app/usage/decisions", icon: IconGavel, permission: "usage:read" },
      { label: "Holds", to: "/app/usage/holds", icon: IconHourglass, permission: "usage:read" },
    ],
  },
  {
    label: "Billing",
    items: [
      { label: "Plan", to: "/app/billing/plan", icon: IconStack2, permission: "billing:read" },
      { label: "Upcoming invoice", to: "/app/billing/upcoming", icon: IconReceipt, permission: "billing:read" },
      { label: "Invoices", to: "/app/billing/invoices", icon: IconFileInvoice, permission: "billing:read" },
      { label: "Spending", to: "/app/billing/spending", icon: IconGauge, permission: "billing:read" },
      { label: "Payment method", to: "/app/billing/payment", icon: IconCreditCard, permission: "billing:read" },
    ],
  },
  {
    label: "Developers",
    items: [
      { label: "API keys", to: "/app/developers/keys", icon: IconKey, permission: "keys:read" },
      { label: "Webhooks", to: "/app/developers/webhooks", icon: IconWebhook, permission: "keys:read" },
    ],
  },
  {
    label: "Settings",
    items: [
      { label: "Members", to: "/app/settings/members", icon: IconUsers, permission: "members:read" },
      { label: "Organization", to: "/app/settings/organization", icon: IconBuilding, permission: "organization:write" },
      { label: "Profile", to: "/app/profile", icon: IconUser },
    ],
  },
];

/** The menu of a customer: only what their permissions open. */
export function portalNavigation(permissions: ReadonlySet<string>): readonly NavSection[] {
  return SECTIONS.map(({ label, items }) => ({
    label,
    items: items.filter(({ permission }) => !permission || permissions.has(permission)),
  })).filter(({ items }) => items.length > 0);
}
