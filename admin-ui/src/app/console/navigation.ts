import { IconBuilding } from "@tabler/icons-react";
import type { Permission } from "../../lib/permissions";
import type { NavItem, NavSection } from "../../ui/Shell";

type Entry = NavItem & { readonly permission?: Permission };

const SECTIONS: readonly { readonly label: string | null; readonly items: readonly Entry[] }[] = [
  {
    label: "Customers",
    items: [{ label: "Organizations", to: "/console/organizations", icon: IconBuilding, permission: "staff:read" }],
  },
];

/** The menu of staff: only what their permissions open. */
export function consoleNavigation(permissions: ReadonlySet<string>): readonly NavSection[] {
  return SECTIONS.map(({ label, items }) => ({
    label,
    items: items.filter(({ permission }) => !permission || permissions.has(permission)),
  })).filter(({ items }) => items.length > 0);
}
