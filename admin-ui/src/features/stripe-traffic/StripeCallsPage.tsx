import { NativeSelect } from "@mantine/core";
import { useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { FilterSheet } from "../../ui/FilterSheet";
import { IgnoredParameters } from "../../ui/IgnoredParameters";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { SearchField } from "../../ui/SearchField";
import { TableSkeleton } from "../../ui/Skeletons";
import { StripeCallsTable } from "./StripeCallsTable";
import { CALLS_URL } from "./traffic-view";
import { CALL_STATES } from "./traffic-words";

/** What we asked of Stripe, and what became of it. */
export function StripeCallsPage() {
  const { view, setView, hrefWith, ignored } = useUrlState(CALLS_URL);
  const count = (view.state === null ? 0 : 1) + (view.kind === "" ? 0 : 1);
  return (
    <Page
      title="Stripe calls"
      state="The outbox: what was decided together with its cause, and then asked of Stripe, once whatever happens."
    >
      <IgnoredParameters names={ignored} />
      <FilterSheet count={count}>
        <NativeSelect
          label="State"
          value={view.state ?? ""}
          data={[
            { value: "", label: "All states" },
            ...Object.entries(CALL_STATES).map(([value, { label }]) => ({ value, label })),
          ]}
          onChange={({ currentTarget: { value } }) => setView({ state: CALLS_URL.state.read(value) ?? null })}
        />
        <SearchField
          label="Kind"
          placeholder="invoice.finalize"
          value={view.kind}
          onSearch={(kind) => setView({ kind }, { replace: true })}
        />
      </FilterSheet>
      <Card title="Calls, the last decided first" flush>
        <Region name="The calls" skeleton={<TableSkeleton />}>
          <StripeCallsTable view={view} setView={setView} hrefWith={hrefWith} />
        </Region>
      </Card>
    </Page>
  );
}
