import { NativeSelect } from "@mantine/core";
import { useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { FilterSheet } from "../../ui/FilterSheet";
import { IgnoredParameters } from "../../ui/IgnoredParameters";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { SearchField } from "../../ui/SearchField";
import { TableSkeleton } from "../../ui/Skeletons";
import { EventsInTable } from "./EventsInTable";
import { EVENTS_URL } from "./traffic-view";
import { EVENT_STATES } from "./traffic-words";

/** What Stripe told us, and what became of it. */
export function EventsInPage() {
  const { view, setView, hrefWith, ignored } = useUrlState(EVENTS_URL);
  const count = (view.state === null ? 0 : 1) + (view.type === "" ? 0 : 1);
  return (
    <Page
      title="Webhooks in"
      state="The inbox: what Stripe told us. An event is a hint; what it is about is read at Stripe when it is worked."
    >
      <IgnoredParameters names={ignored} />
      <FilterSheet count={count}>
        <NativeSelect
          label="State"
          value={view.state ?? ""}
          data={[
            { value: "", label: "All states" },
            ...Object.entries(EVENT_STATES).map(([value, { label }]) => ({ value, label })),
          ]}
          onChange={({ currentTarget: { value } }) => setView({ state: EVENTS_URL.state.read(value) ?? null })}
        />
        <SearchField
          label="Type"
          placeholder="invoice.paid"
          value={view.type}
          onSearch={(type) => setView({ type }, { replace: true })}
        />
      </FilterSheet>
      <Card title="Events, the last received first" flush>
        <Region name="The events" skeleton={<TableSkeleton />}>
          <EventsInTable view={view} setView={setView} hrefWith={hrefWith} />
        </Region>
      </Card>
    </Page>
  );
}
