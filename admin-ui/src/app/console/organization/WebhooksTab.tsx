import { EndpointsPanel } from "../../../features/webhooks/EndpointsPanel";
import { useOrganizationId } from "./use-organization-id";

/** Which servers of the customer's are told what, and how each does. */
export function WebhooksTab() {
  return <EndpointsPanel organizationId={useOrganizationId()} />;
}
