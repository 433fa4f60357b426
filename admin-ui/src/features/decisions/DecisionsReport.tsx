import { Text } from "@mantine/core";
import { IconGavel } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { UsageDecisionsFragment } from "../../gql/documents";
import { formatDecimal } from "../../lib/quantity";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { allowedOf, refusedOf, refusedShare } from "./decision-words";
import { OutcomesTable } from "./OutcomesTable";
import { StepsTable } from "./StepsTable";

type Props = {
  readonly decisions: UsageDecisionsFragment;
  readonly isStale: boolean;
  /** What stands between the reasons and the hours. */
  readonly children?: ReactNode;
};

/** How often the answer was yes, how often no and why, in all and over time. */
export function DecisionsReport({ decisions: { outcomes, steps, step }, isStale, children }: Props) {
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
      {children}
      <Card
        title={step === "HOUR" ? "By hour" : "By day (UTC)"}
        description={`${step === "HOUR" ? "Hours" : "Days"} in which nobody asked are left out.`}
        flush
      >
        <StepsTable steps={steps} step={step} isStale={isStale} />
      </Card>
    </>
  );
}
