import { useParams } from "react-router";
import { UsageEventDetail } from "../../../features/usage/UsageEventDetail";
import { VoidEvent } from "../../../features/voiding/VoidEvent";
import { faultOf } from "../../../lib/faults";
import { Card } from "../../../ui/Card";
import { EmptyState } from "../../../ui/EmptyState";
import { Boundary, Region } from "../../../ui/Region";
import { RegionError } from "../../../ui/RegionError";
import { OpenEvent } from "./OpenEvent";
import { useOrganizationId } from "./use-organization-id";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One event from its acceptance to its bill. The address names it by its id or its idempotency key. */
export function EventLedgerTab() {
  const organizationId = useOrganizationId();
  const { event = "" } = useParams();
  const named = UUID.test(event) ? { id: event } : { idempotencyKey: event };
  return (
    <>
      <OpenEvent organizationId={organizationId} />
      <Card title={`Event ${event}`}>
        <Boundary
          key={event}
          fallback={(error) =>
            faultOf(error).code === "NOT_FOUND" ? (
              <EmptyState title="No such event">
                No event of this organization has this id or idempotency key.
              </EmptyState>
            ) : (
              <RegionError name="The event" error={error} onRetry={() => window.location.reload()} />
            )
          }
        >
          <UsageEventDetail organizationId={organizationId} {...named} />
          {named.id !== undefined && (
            <Region name="The acts" skeleton={null}>
              <VoidEvent organizationId={organizationId} id={named.id} />
            </Region>
          )}
        </Boundary>
      </Card>
    </>
  );
}
