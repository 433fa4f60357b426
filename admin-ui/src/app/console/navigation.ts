import {
  IconAlertTriangle,
  IconBellRinging,
  IconBuilding,
  IconFileInvoice,
  IconGavel,
  IconHistory,
  IconHome,
  IconInbox,
  IconKey,
  IconMail,
  IconRepeat,
  IconScale,
  IconSend,
  IconTags,
} from "@tabler/icons-react";
import type { Permission } from "../../lib/permissions";
import type { NavItem, NavSection } from "../../ui/Shell";

type Entry = NavItem & { readonly permission?: Permission };

const SECTIONS: readonly { readonly label: string | null; readonly items: readonly Entry[] }[] = [
  {
    label: null,
    items: [
      { label: "Home", to: "/console", icon: IconHome, exact: true, permission: "staff:read" },
      { label: "Alarms", to: "/console/alarms", icon: IconBellRinging, permission: "staff:read" },
    ],
  },
  {
    label: "Customers",
    items: [
      { label: "Organizations", to: "/console/organizations", icon: IconBuilding, permission: "staff:read" },
      { label: "Subscriptions", to: "/console/subscriptions", icon: IconRepeat, permission: "staff:read" },
      { label: "Decisions", to: "/console/decisions", icon: IconGavel, permission: "staff:read" },
    ],
  },
  {
    label: "Money",
    items: [
      { label: "Invoices", to: "/console/invoices", icon: IconFileInvoice, permission: "staff:read" },
      { label: "Dunning", to: "/console/money/dunning", icon: IconAlertTriangle, permission: "staff:read" },
      { label: "Reconciliation", to: "/console/money/reconciliation", icon: IconScale, permission: "staff:read" },
      { label: "Catalog", to: "/console/catalog", icon: IconTags, permission: "staff:read" },
    ],
  },
  {
    label: "Platform",
    items: [
      { label: "Audit log", to: "/console/audit", icon: IconHistory, permission: "staff:read" },
      { label: "Webhooks in", to: "/console/platform/webhooks", icon: IconInbox, permission: "staff:read" },
      { label: "Stripe calls", to: "/console/platform/stripe-calls", icon: IconSend, permission: "staff:read" },
      { label: "Mails", to: "/console/platform/mails", icon: IconMail, permission: "staff:platform" },
      { label: "Service keys", to: "/console/platform/service-keys", icon: IconKey, permission: "staff:platform" },
    ],
  },
];

/** The menu of staff: only what their permissions open. */
export function consoleNavigation(permissions: ReadonlySet<string>): readonly NavSection[] {
  return SECTIONS.map(({ label, items }) => ({
    label,
    items: items.filter(({ permission }) => !permission || permissions.has(permission)),
  })).filter(({ items }) => items.length > 0);
}
