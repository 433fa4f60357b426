import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { type OrganizationTab, organizationUrl } from "../../../features/organizations/urls";
import classes from "./OrganizationTabs.module.css";
import { TABS } from "./tabs";

/** The rooms of one organization. On a phone the row scrolls, with the current one in sight. */
export function OrganizationTabs({ id, current }: { readonly id: string; readonly current: OrganizationTab }) {
  const row = useRef<HTMLUListElement>(null);
  useEffect(() => {
    row.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  return (
    <nav aria-label="Organization" className="qlp-no-print">
      <ul className={classes.tabs} ref={row}>
        {TABS.map(({ tab, label }) => (
          <li key={tab}>
            <Link
              to={organizationUrl(id, tab)}
              className={classes.tab}
              aria-current={tab === current ? "page" : undefined}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
