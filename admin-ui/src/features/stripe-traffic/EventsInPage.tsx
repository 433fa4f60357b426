import { useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { IgnoredParameters } from "../../ui/IgnoredParameters";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { TableSkeleton } from "../../ui/Skeletons";
import { EventsInTable } from "./EventsInTable";
import { TrafficFilter } from "./TrafficFilter";
import { EVENTS_URL } from "./traffic-view";
import { EVENT_STATES } from "./traffic-words";

/** What Stripe told us, and what became of it. */
export function EventsInPage() {
  const { view, setView, hrefWith, ignored } = useUrlState(EVENTS_URL);
  return (
    <Page
      title="Webhooks in"
      state="The inbox: what Stripe told us. An event is a hint; what it is about is read at Stripe when it is worked."
    >
      <IgnoredParameters names={ignored} />
      <TrafficFilter
        states={EVENT_STATES}
        state={view.state}
        onState={(state) => setView({ state: EVENTS_URL.state.read(state) ?? null })}
        label="Type"
        placeholder="invoice.paid"
        text={view.type}
        onText={(type) => setView({ type }, { replace: true })}
      />
      <Card title="Events, the last received first" flush>
        <Region name="The events" skeleton={<TableSkeleton />}>
          <EventsInTable view={view} setView={setView} hrefWith={hrefWith} />
        </Region>
      </Card>
    </Page>
  );
}
