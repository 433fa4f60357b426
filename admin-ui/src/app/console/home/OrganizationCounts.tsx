import { Link } from "react-router";
import { STATUSES } from "../../../features/billing/subscription-words";
import { organizationsUrl } from "../../../features/organizations/urls";
import { HomeCountsDocument, type SubscriptionStatus } from "../../../gql/documents";
import { formatCount } from "../../../lib/quantity";
import { useRegionQuery } from "../../../lib/query";
import { Status } from "../../../ui/Status";
import classes from "./HomePage.module.css";

/** How many organizations there are in each status. Each count leads to those it counts. */
export function OrganizationCounts() {
  const { data } = useRegionQuery(HomeCountsDocument, {}, { pollMs: 30_000 });
  const counts: readonly (readonly [SubscriptionStatus, number])[] = [
    ["ACTIVE", data.active.totalCount],
    ["TRIALING", data.trialing.totalCount],
    ["PAST_DUE", data.pastDue.totalCount],
    ["PAUSED", data.paused.totalCount],
    ["CANCELED", data.canceled.totalCount],
  ];
  return (
    <ul className={classes.tiles} aria-label="Organizations by status">
      <li>
        <Link to={organizationsUrl()} className={classes.tile}>
          <span className={classes.count}>{formatCount(data.all.totalCount)}</span> All organizations
        </Link>
      </li>
      {counts.map(([status, count]) => (
        <li key={status}>
          <Link to={organizationsUrl({ status })} className={classes.tile}>
            <span className={classes.count}>{formatCount(count)}</span>{" "}
            <Status tone={count === 0 ? "plain" : STATUSES[status].tone}>{STATUSES[status].label}</Status>
          </Link>
        </li>
      ))}
    </ul>
  );
}
