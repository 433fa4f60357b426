import { SubscriptionState } from "../../../features/billing/SubscriptionState";
import { UpcomingBrief } from "../../../features/billing/UpcomingBrief";
import { PeriodTimeline } from "../../../features/organizations/PeriodTimeline";
import { QuotasPanel } from "../../../features/usage/QuotasPanel";
import { OverviewTabDocument } from "../../../gql/documents";
import { useRegionQuery } from "../../../lib/query";
import { Card } from "../../../ui/Card";
import { CopyText } from "../../../ui/CopyText";
import { Region } from "../../../ui/Region";
import { CardSkeleton } from "../../../ui/Skeletons";
import classes from "./OverviewTab.module.css";
import { useOrganizationId } from "./use-organization-id";

/** How does this customer stand: plan, what is left, what comes, and the periods up to now. */
export function OverviewTab() {
  const id = useOrganizationId();
  return (
    <div className={classes.pair}>
      <div className={classes.column}>
        <Region name="The plan" skeleton={<CardSkeleton height={130} />}>
          <PlanCard id={id} />
        </Region>
        <Card title="What is left">
          <Region name="The quotas" skeleton={<CardSkeleton height={220} />}>
            <QuotasPanel organizationId={id} />
          </Region>
        </Card>
      </div>
      <div className={classes.column}>
        <Region name="The bill so far">
          <UpcomingBrief organizationId={id} />
        </Region>
        <Region name="The billing periods">
          <PeriodTimeline organizationId={id} />
        </Region>
      </div>
    </div>
  );
}

function PlanCard({ id }: { id: string }) {
  const { data } = useRegionQuery(OverviewTabDocument, { id }, { pollMs: 30_000 });
  return (
    <Card
      title="Plan"
      actions={
        <CopyText value={id} label="Copy the organization id">
          {`${id.slice(0, 8)}…`}
        </CopyText>
      }
    >
      <SubscriptionState subscription={data.organization.subscription} />
    </Card>
  );
}
