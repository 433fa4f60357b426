import { AlertsList } from "../../features/spending/AlertsList";
import { SpendingPanel } from "../../features/spending/SpendingPanel";
import { Card } from "../../ui/Card";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { CardSkeleton, TableSkeleton } from "../../ui/Skeletons";

/** What usage costs, how much it may, and who is told when. */
export function SpendingPage() {
  return (
    <Page title="Spending" state="What usage costs in this period, how much it may, and when you are told.">
      <Region name="The spending" skeleton={<CardSkeleton height={320} />}>
        <SpendingPanel />
      </Region>
      <Card
        title="Alerts"
        description="They come here, by mail to owners and those who pay, and to the webhook endpoints that have chosen them."
        flush
      >
        <Region name="The alerts" skeleton={<TableSkeleton rows={3} />}>
          <AlertsList />
        </Region>
      </Card>
    </Page>
  );
}
