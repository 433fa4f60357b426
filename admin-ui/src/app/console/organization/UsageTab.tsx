import { UsagePanel } from "../../../features/usage/UsagePanel";
import { Region } from "../../../ui/Region";
import { useOrganizationId } from "./use-organization-id";

/** What the customer used, as they see it themselves. */
export function UsageTab() {
  const id = useOrganizationId();
  return (
    <Region name="The usage">
      <UsagePanel organizationId={id} />
    </Region>
  );
}
