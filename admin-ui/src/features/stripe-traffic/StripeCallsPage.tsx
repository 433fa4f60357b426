import { useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { IgnoredParameters } from "../../ui/IgnoredParameters";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { TableSkeleton } from "../../ui/Skeletons";
import { StripeCallsTable } from "./StripeCallsTable";
import { TrafficFilter } from "./TrafficFilter";
import { CALLS_URL } from "./traffic-view";
import { CALL_STATES } from "./traffic-words";

/** What we asked of Stripe, and what became of it. */
export function StripeCallsPage() {
  const { view, setView, hrefWith, ignored } = useUrlState(CALLS_URL);
  return (
    <Page
      title="Stripe calls"
      state="The outbox: what was decided together with its cause, and then asked of Stripe, once whatever happens."
    >
      <IgnoredParameters names={ignored} />
      <TrafficFilter
        states={CALL_STATES}
        state={view.state}
        onState={(state) => setView({ state: CALLS_URL.state.read(state) ?? null })}
        label="Kind"
        placeholder="invoice.finalize"
        text={view.kind}
        onText={(kind) => setView({ kind }, { replace: true })}
      />
      <Card title="Calls, the last decided first" flush>
        <Region name="The calls" skeleton={<TableSkeleton />}>
          <StripeCallsTable view={view} setView={setView} hrefWith={hrefWith} />
        </Region>
      </Card>
    </Page>
  );
}
