import { HoldsTable } from "../../../features/usage/HoldsTable";
import { UsagePanel } from "../../../features/usage/UsagePanel";
import { Card } from "../../../ui/Card";
import { Region } from "../../../ui/Region";
import { TableSkeleton } from "../../../ui/Skeletons";
import { useOrganizationId } from "./use-organization-id";

/** What the customer used, as they see it themselves. */
export function UsageTab() {
  const id = useOrganizationId();
  return (
    <>
      <Region name="The usage">
        <UsagePanel organizationId={id} />
      </Region>
      <Card title="Holds" description="Units kept back for work before it began, until it ended." flush>
        <Region name="The holds" skeleton={<TableSkeleton rows={3} />}>
          <HoldsTable organizationId={id} />
        </Region>
      </Card>
    </>
  );
}
