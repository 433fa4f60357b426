import type { ReactNode } from "react";
import { PlatformAuditDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { FilterChips } from "../../ui/FilterChips";
import { IgnoredParameters } from "../../ui/IgnoredParameters";
import { AUDIT_URL } from "./audit-view";
import { AuditEntries } from "./AuditEntries";

type Props = {
  /** The way to choose one organization. */
  readonly renderPicker: (onPick: (organizationId: string) => void) => ReactNode;
};

/** Who did what in all organizations, or in one that is chosen. */
export function PlatformAudit({ renderPicker }: Props) {
  const url = useUrlState(AUDIT_URL);
  const { view, setView, ignored } = url;
  const variables = { organizationId: view.organization, first: view.size, after: view.after };
  const { data, isStale } = useRegionQuery(PlatformAuditDocument, variables);
  const { nodes } = data.auditLog;
  const whole = () => setView({ organization: null, open: null, after: null });
  const name = nodes.find(({ organization }) => organization?.id === view.organization)?.organization?.name;

  return (
    <>
      <IgnoredParameters names={ignored} />
      {view.organization !== null && (
        <FilterChips
          chips={[{ name: "organization", label: name ?? `Organization ${view.organization}`, onRemove: whole }]}
          onClear={whole}
        />
      )}
      <Card
        title="Entries, newest first"
        description="Entries are never changed or deleted."
        actions={renderPicker((organization) => setView({ organization, open: null, after: null }))}
        flush
      >
        <AuditEntries {...url} page={data.auditLog} isStale={isStale} withOrganization />
      </Card>
    </>
  );
}
