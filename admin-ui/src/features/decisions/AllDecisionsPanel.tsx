import { AllUsageDecisionsDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { DecisionsReport } from "./DecisionsReport";
import { DecisionsSpan } from "./DecisionsSpan";
import { MostRefused } from "./MostRefused";

/** What `authorizeUsage` answered all organizations lately, and whom it refused most often. */
export function AllDecisionsPanel() {
  return <DecisionsSpan>{(hours) => <Decisions hours={hours} />}</DecisionsSpan>;
}

function Decisions({ hours }: { readonly hours: number }) {
  const { data, isStale } = useRegionQuery(AllUsageDecisionsDocument, { hours }, { pollMs: 10_000 });
  const { mostRefused } = data.usageDecisions;
  return (
    <DecisionsReport decisions={data.usageDecisions} isStale={isStale}>
      {mostRefused.length > 0 && (
        <Card title="Refused most often" flush>
          <MostRefused organizations={mostRefused} isStale={isStale} />
        </Card>
      )}
    </DecisionsReport>
  );
}
