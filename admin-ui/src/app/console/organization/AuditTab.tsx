import { OrganizationAudit } from "../../../features/audit/OrganizationAudit";
import { Region } from "../../../ui/Region";
import { useOrganizationId } from "./use-organization-id";

/** Who did what in this organization, our own looks among it. */
export function AuditTab() {
  const id = useOrganizationId();
  return (
    <Region name="The audit log">
      <OrganizationAudit organizationId={id} />
    </Region>
  );
}
