import { Card } from "../../ui/Card";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { TableSkeleton } from "../../ui/Skeletons";
import { HoldsTable } from "./HoldsTable";

const TRAIL = [{ label: "Usage", to: "/app/usage" }];

/** What is kept back for work that is under way. */
export function HoldsPage() {
  return (
    <Page title="Holds" trail={TRAIL} state="Units kept back for work before it began, until it ended.">
      <Card title="All holds" flush>
        <Region name="The holds" skeleton={<TableSkeleton />}>
          <HoldsTable />
        </Region>
      </Card>
    </Page>
  );
}
