import { OrganizationAuditDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { AUDIT_URL } from "./audit-view";
import { AuditEntries } from "./AuditEntries";

/** Who did what in one organization, looks by QLP's staff among it. */
export function OrganizationAudit({ organizationId }: { readonly organizationId?: string | undefined }) {
  const url = useUrlState(AUDIT_URL);
  const variables = { organizationId: organizationId ?? null, first: url.view.size, after: url.view.after };
  const { data, isStale } = useRegionQuery(OrganizationAuditDocument, variables);
  return (
    <Card title="Audit log" description="Newest first. Entries are never changed or deleted." flush>
      <AuditEntries {...url} page={data.organization.auditLog} isStale={isStale} />
    </Card>
  );
}
