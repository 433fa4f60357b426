import { DecisionsPanel } from "../../../features/decisions/DecisionsPanel";
import { useOrganizationId } from "./use-organization-id";

/** Whether this customer runs into limits, and into which. */
export function DecisionsTab() {
  return <DecisionsPanel organizationId={useOrganizationId()} />;
}
