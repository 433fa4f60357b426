import { Page } from "../../../ui/Page";
import { Card } from "../../../ui/Card";
import { Region } from "../../../ui/Region";
import { TableSkeleton } from "../../../ui/Skeletons";
import { DunningTable } from "./DunningTable";

/** Whose renewal is not paid, when it is tried again, and what is at risk. */
export function DunningPage() {
  return (
    <Page
      title="Dunning"
      state="Renewals that failed. The card is tried again after 1, 3, 7 and 14 days; access falls to Free's limits on day 7."
    >
      <Region
        name="The unpaid renewals"
        skeleton={
          <Card title="Unpaid renewals" flush>
            <TableSkeleton />
          </Card>
        }
      >
        <DunningTable />
      </Region>
    </Page>
  );
}
