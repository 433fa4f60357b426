import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { eventLedgerUrl } from "../../../features/usage/urls";
import { UsageEventsPanel } from "../../../features/usage/UsageEventsPanel";
import { VoidEvent } from "../../../features/voiding/VoidEvent";
import { Region } from "../../../ui/Region";
import { OpenEvent } from "./OpenEvent";
import { useOrganizationId } from "./use-organization-id";

/** The customer's events with their costs of goods; a wrong one can be voided from its drawer. */
export function EventsTab() {
  const organizationId = useOrganizationId();
  return (
    <>
      <OpenEvent organizationId={organizationId} />
      <UsageEventsPanel
        organizationId={organizationId}
        renderActs={(id) => (
          <Region name="The acts" skeleton={null}>
            <Anchor component={Link} to={eventLedgerUrl(organizationId, id)} size="sm">
              Its page, to pass on
            </Anchor>
            <VoidEvent organizationId={organizationId} id={id} />
          </Region>
        )}
      />
    </>
  );
}
