import { UsageEventsPanel } from "../../../features/usage/UsageEventsPanel";
import { VoidEvent } from "../../../features/voiding/VoidEvent";
import { Region } from "../../../ui/Region";
import { useOrganizationId } from "./use-organization-id";

/** The customer's events with their costs of goods; a wrong one can be voided from its drawer. */
export function EventsTab() {
  const organizationId = useOrganizationId();
  return (
    <UsageEventsPanel
      organizationId={organizationId}
      renderActs={(id) => (
        <Region name="The acts" skeleton={null}>
          <VoidEvent organizationId={organizationId} id={id} />
        </Region>
      )}
    />
  );
}
