import { useNavigate } from "react-router";
import { STATUSES } from "../../../features/billing/subscription-words";
import { OrganizationPicker } from "../../../features/organizations/OrganizationPicker";
import { type OrganizationTab, organizationUrl } from "../../../features/organizations/urls";
import type { OrganizationVisitQuery } from "../../../gql/documents";
import classes from "./VisitBar.module.css";

type Props = { readonly organization: OrganizationVisitQuery["organization"]; readonly tab: OrganizationTab };

/** Says whose data this is and that looking is written down; leads to the same room of another organization. */
export function VisitBar({ organization: { id, name, subscription }, tab }: Props) {
  const navigate = useNavigate();
  return (
    <aside className={classes.bar} aria-label="This visit">
      <span>
        <strong>{name}</strong>, {subscription.plan.name}, {STATUSES[subscription.status].label.toLowerCase()}. This
        visit is an audit entry.
      </span>
      <OrganizationPicker
        label="Switch organization"
        without={id}
        onPick={(picked) => void navigate(organizationUrl(picked, tab))}
      />
    </aside>
  );
}
