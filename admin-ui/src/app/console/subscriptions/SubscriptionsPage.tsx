import { useUrlState } from "../../../lib/url-state";
import { Card } from "../../../ui/Card";
import { IgnoredParameters } from "../../../ui/IgnoredParameters";
import { Page } from "../../../ui/Page";
import { Region } from "../../../ui/Region";
import { TableSkeleton } from "../../../ui/Skeletons";
import { SUBSCRIPTIONS_URL } from "./subscriptions-view";
import { SubscriptionsFilter } from "./SubscriptionsFilter";
import { SubscriptionsTable } from "./SubscriptionsTable";

/** Who has which plan, what it will charge next, and whether Stripe has it the same way. */
export function SubscriptionsPage() {
  const { view, setView, ignored } = useUrlState(SUBSCRIPTIONS_URL);
  return (
    <Page title="Subscriptions" state="What each customer is subscribed to, and what will be charged next.">
      <IgnoredParameters names={ignored} />
      <SubscriptionsFilter view={view} setView={setView} />
      <Region
        name="The subscriptions"
        skeleton={
          <Card title="Subscriptions" flush>
            <TableSkeleton />
          </Card>
        }
      >
        <SubscriptionsTable view={view} setView={setView} />
      </Region>
    </Page>
  );
}
