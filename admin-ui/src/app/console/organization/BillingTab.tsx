import { UpcomingInvoice } from "../../../features/billing/UpcomingInvoice";
import { AlertSettings } from "../../../features/spending/AlertSettings";
import { AlertsList } from "../../../features/spending/AlertsList";
import { SpendingPanel } from "../../../features/spending/SpendingPanel";
import { usageEventUrl } from "../../../features/usage/urls";
import { UsageEventsTable } from "../../../features/usage/UsageEventsTable";
import { Card } from "../../../ui/Card";
import { Region } from "../../../ui/Region";
import { CardSkeleton, TableSkeleton } from "../../../ui/Skeletons";
import { useOrganizationId } from "./use-organization-id";

/** What the customer will pay, down to the events, as they see it themselves. */
export function BillingTab() {
  const id = useOrganizationId();
  return (
    <>
      <Region name="The upcoming invoice">
        <UpcomingInvoice
          organizationId={id}
          renderEvents={(events, amounts, isStale) => (
            <UsageEventsTable
              caption="Events behind the line"
              events={events}
              hrefOf={(event) => usageEventUrl(event, id)}
              amounts={amounts}
              isStale={isStale}
              narrow
            />
          )}
        />
      </Region>
      <Region name="The spending" skeleton={<CardSkeleton height={200} />}>
        <SpendingPanel organizationId={id} readOnly />
      </Region>
      <Card title="Alerts" flush>
        <Region name="The alerts" skeleton={<TableSkeleton rows={3} />}>
          <AlertsList organizationId={id} />
        </Region>
      </Card>
      <Region name="Where alerts go" skeleton={<TableSkeleton rows={6} />}>
        <AlertSettings organizationId={id} readOnly />
      </Region>
    </>
  );
}
