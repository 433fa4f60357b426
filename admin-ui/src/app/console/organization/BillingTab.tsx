import { UpcomingInvoice } from "../../../features/billing/UpcomingInvoice";
import { usageEventUrl } from "../../../features/usage/urls";
import { UsageEventsTable } from "../../../features/usage/UsageEventsTable";
import { Region } from "../../../ui/Region";
import { useOrganizationId } from "./use-organization-id";

/** What the customer will pay, down to the events, as they see it themselves. */
export function BillingTab() {
  const id = useOrganizationId();
  return (
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
  );
}
