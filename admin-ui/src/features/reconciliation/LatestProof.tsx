import { Anchor, Text } from "@mantine/core";
import { IconScale } from "@tabler/icons-react";
import { Link } from "react-router";
import { LatestProofDocument, type LatestProofQuery } from "../../gql/documents";
import { formatInstant } from "../../lib/instant";
import { formatCount } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { Facts } from "../../ui/Facts";
import { Instant } from "../../ui/Instant";
import { Status } from "../../ui/Status";
import { eventsInUrl, stripeCallsUrl } from "../stripe-traffic/urls";
import { ProofRules } from "./ProofRules";
import { proofSentence, proofState } from "./proof-words";
import { reconciliationUrl } from "./urls";

/** The last proof that was finished, rule by rule, and what still waits between us and Stripe. */
export function LatestProof() {
  const { latestProof: report, billingHealth } = useRegionQuery(LatestProofDocument, {}, { pollMs: 30_000 }).data;
  if (!report) {
    return (
      <Card title="Nothing proved yet">
        <EmptyState title="No proof was finished yet" icon={IconScale}>
          The first one runs at night; you can ask for one now.
        </EmptyState>
      </Card>
    );
  }
  const { label, tone } = proofState(report);
  const at = report.finishedAt ?? report.startedAt;
  return (
    <Card
      title={`Proved ${formatInstant(at)}`}
      description={proofSentence(report)}
      actions={
        report.differenceCount > 0 ? (
          <Anchor component={Link} to={reconciliationUrl({ open: report.id })} size="sm">
            <Status tone={tone}>{label}</Status>
          </Anchor>
        ) : (
          <Status tone={tone}>{label}</Status>
        )
      }
      flush
    >
      <ProofRules report={report} />
      <Waiting health={billingHealth} />
    </Card>
  );
}

function Waiting({ health }: { health: LatestProofQuery["billingHealth"] }) {
  const { lastRepairAt, pendingCalls, failedEvents, standIn } = health;
  return (
    <div style={{ padding: "var(--mantine-spacing-md) var(--mantine-spacing-lg)" }}>
      <Facts
        facts={[
          ["Other side", standIn ? "The stand-in on this machine" : "Stripe"],
          [
            "Events looked through for missed ones",
            lastRepairAt ? <Instant key="repair" at={lastRepairAt} as="relative" /> : "Not yet",
          ],
          [
            "Calls that wait",
            <Anchor key="calls" component={Link} to={stripeCallsUrl({ state: "PENDING" })} fz="sm">
              {formatCount(pendingCalls)}
            </Anchor>,
          ],
          [
            "Events given up",
            <Anchor key="events" component={Link} to={eventsInUrl({ state: "FAILED" })} fz="sm">
              {formatCount(failedEvents)}
            </Anchor>,
          ],
        ]}
      />
      {standIn && (
        <Text size="xs" c="dimmed" mt="xs">
          Without a Stripe key a stand-in plays Stripe; it is proved by the same rules.
        </Text>
      )}
    </div>
  );
}
