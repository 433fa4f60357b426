import { PlatformAudit } from "../../features/audit/PlatformAudit";
import { OrganizationPicker } from "../../features/organizations/OrganizationPicker";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";

/** Who did what to which, when, over all organizations. */
export function AuditPage() {
  return (
    <Page title="Audit log" state="Every change by anybody, and every look of ours into a customer's data.">
      <Region name="The audit log">
        <PlatformAudit renderPicker={(onPick) => <OrganizationPicker label="One organization" onPick={onPick} />} />
      </Region>
    </Page>
  );
}
