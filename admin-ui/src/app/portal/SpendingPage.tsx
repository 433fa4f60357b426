import { AlertSettings } from "../../features/spending/AlertSettings";
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
      <Card title="Alerts" description="Parts of allowances and of the cap that were reached." flush>
        <Region name="The alerts" skeleton={<TableSkeleton rows={3} />}>
          <AlertsList />
        </Region>
      </Card>
      <Region name="Where alerts go" skeleton={<TableSkeleton rows={6} />}>
        <AlertSettings />
      </Region>
    </Page>
  );
}
