import { SegmentedControl, Stack, Text } from "@mantine/core";
import { IconGavel } from "@tabler/icons-react";
import { UsageDecisionsDocument } from "../../gql/documents";
import { formatDecimal } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { oneOf, useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { IgnoredParameters } from "../../ui/IgnoredParameters";
import { Region } from "../../ui/Region";
import { allowedOf, refusedOf, refusedShare } from "./decision-words";
import { MostRefused } from "./MostRefused";
import { OutcomesTable } from "./OutcomesTable";
import { StepsTable } from "./StepsTable";

const SPANS = ["6", "24", "168", "720"] as const;
const SPAN_URL = { hours: oneOf(SPANS, "24") };

const LABELS: Readonly<Record<(typeof SPANS)[number], string>> = {
  "6": "6 hours",
  "24": "24 hours",
  "168": "7 days",
  "720": "30 days",
};

/** What `authorizeUsage` answered lately: how often yes, how often no, and why. Of one organization, or of all. */
export function DecisionsPanel({ organizationId }: { readonly organizationId?: string | undefined }) {
  const { view, setView, ignored } = useUrlState(SPAN_URL);
  return (
    <Stack gap="lg">
      <IgnoredParameters names={ignored} />
      <SegmentedControl
        aria-label="Span"
        value={view.hours}
        onChange={(value) => setView({ hours: SPANS.find((span) => span === value) ?? "24" })}
        data={SPANS.map((value) => ({ value, label: LABELS[value] }))}
        style={{ alignSelf: "flex-start" }}
      />
      <Region name="The decisions">
        <Decisions organizationId={organizationId} hours={Number(view.hours)} />
      </Region>
    </Stack>
  );
}

type Props = { readonly organizationId: string | undefined; readonly hours: number };

function Decisions({ organizationId, hours }: Props) {
  const { data, isStale } = useRegionQuery(
    UsageDecisionsDocument,
    { organizationId: organizationId ?? null, hours },
    { pollMs: 10_000 },
  );
  const { outcomes, steps, step, mostRefused } = data.usageDecisions;
  if (outcomes.length === 0)
    return (
      <Card title="Decisions">
        <EmptyState title="Nobody asked in this span" icon={IconGavel}>
          Each answer of authorizeUsage is counted here, at most a few seconds later.
        </EmptyState>
      </Card>
    );
  return (
    <>
      <Card
        title="Allowed and refused"
        description="Answers of authorizeUsage, up to five seconds behind. These are statistics: a server that crashes may lose the last seconds of them, never a fact of the ledger."
      >
        <Text fz="xl" fw={600}>
          {formatDecimal(allowedOf(outcomes))} allowed, {formatDecimal(refusedOf(outcomes))} refused (
          {refusedShare(outcomes)})
        </Text>
      </Card>
      <Card title="Why work was refused" flush>
        <OutcomesTable outcomes={outcomes} isStale={isStale} />
      </Card>
      {mostRefused.length > 0 && (
        <Card title="Refused most often" flush>
          <MostRefused organizations={mostRefused} isStale={isStale} />
        </Card>
      )}
      <Card title={step === "HOUR" ? "By hour" : "By day (UTC)"} flush>
        <StepsTable steps={steps} step={step} isStale={isStale} />
      </Card>
    </>
  );
}
