import { UpcomingInvoice } from "../../features/billing/UpcomingInvoice";
import { usageEventUrl } from "../../features/usage/urls";
import { UsageEventsTable } from "../../features/usage/UsageEventsTable";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";

/** Why this amount? */
export function UpcomingPage() {
  return (
    <Page title="Upcoming invoice" state="What the running period will cost, as far as it is known.">
      <Region name="The upcoming invoice">
        <UpcomingInvoice
          renderEvents={(events, amounts, isStale) => (
            <UsageEventsTable
              caption="Events behind the line"
              events={events}
              hrefOf={(id) => usageEventUrl(id)}
              amounts={amounts}
              isStale={isStale}
              narrow
            />
          )}
        />
      </Region>
    </Page>
  );
}
