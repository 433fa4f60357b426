import { OrganizationDecisionsDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { DecisionsReport } from "./DecisionsReport";
import { DecisionsSpan } from "./DecisionsSpan";

type Props = {
  /** Whose; left out: the viewer's own. */
  readonly organizationId?: string | undefined;
};

/** What `authorizeUsage` answered one organization lately: how often yes, how often no, and why. */
export function DecisionsPanel({ organizationId }: Props) {
  return <DecisionsSpan>{(hours) => <Decisions organizationId={organizationId} hours={hours} />}</DecisionsSpan>;
}

function Decisions({ organizationId, hours }: Props & { readonly hours: number }) {
  const { data, isStale } = useRegionQuery(
    OrganizationDecisionsDocument,
    { organizationId: organizationId ?? null, hours },
    { pollMs: 10_000 },
  );
  return <DecisionsReport decisions={data.organization.usageDecisions} isStale={isStale} />;
}
