import { Stack, Text } from "@mantine/core";
import { SpendingDocument, type SpendingStateFragment } from "../../gql/documents";
import { addDecimals, isZero, shareOf } from "../../lib/decimal";
import { formatAmount, formatBrief, formatExact } from "../../lib/money";
import { useRegionQuery } from "../../lib/query";
import { useMay } from "../../lib/viewer";
import { Card } from "../../ui/Card";
import { Instant } from "../../ui/Instant";
import { Meter } from "../../ui/Meter";
import { Status } from "../../ui/Status";
import { CapForm, CapReserved } from "./CapForm";

type Props = {
  readonly organizationId?: string | undefined;
  /** True where the viewer looks at a customer, and changes nothing. */
  readonly readOnly?: boolean;
};

/** What usage has cost in this period, the cap on it, and what happens at the cap. */
export function SpendingPanel({ organizationId, readOnly = false }: Props) {
  const { data } = useRegionQuery(SpendingDocument, { organizationId: organizationId ?? null }, { pollMs: 30_000 });
  const { spending } = data.organization;
  const may = useMay("billing:write");
  return (
    <>
      <Card
        title="This period"
        actions={spending.reached ? <Status tone="bad">Cap reached</Status> : undefined}
        description={
          <>
            Usage past the allowance, without the plan&apos;s fee. Begins anew{" "}
            <Instant at={spending.resetAt} zone="UTC" />.
          </>
        }
      >
        <Spent spending={spending} />
      </Card>
      {!readOnly && (
        <Card
          title="Spending cap"
          description="The most that usage may cost in a billing period, in this one and each to come."
        >
          {may ? (
            <CapForm key={spending.cap?.amount ?? "none"} spending={spending} />
          ) : (
            <CapReserved cap={spending.cap} />
          )}
        </Card>
      )}
    </>
  );
}

function Spent({ spending: { cap, spent, held, reached } }: { spending: SpendingStateFragment }) {
  const together = addDecimals(spent.amount, held.amount);
  return (
    <Stack gap="xs">
      <Text fz="xl" fw={600} title={formatExact(spent)}>
        {formatBrief(spent)}
        {cap && ` of ${formatAmount(cap)}`}
      </Text>
      {cap && (
        <Meter
          label="Spending against the cap"
          text={meterWords({ cap, spent, held }, together)}
          share={shareOf(together, cap.amount)}
          hard
        />
      )}
      {!isZero(held.amount) && (
        <Text size="sm">
          {formatBrief(held)} more (est.) is kept for work that is under way{cap ? "; the bar counts it" : ""}.
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {cap === null || cap === undefined
          ? "There is no cap: work goes on whatever it costs."
          : reached
            ? "New work that would cost something is refused. What is recorded all the same is billed."
            : "At the cap new work that would cost something is refused; what is included goes on, and running work is recorded and billed."}
      </Text>
    </Stack>
  );
}

/** What the bar shows, for those who do not see it. @param together spent and held, in dollars */
function meterWords(
  { cap, spent, held }: Pick<SpendingStateFragment, "spent" | "held"> & { cap: SpendingStateFragment["spent"] },
  together: string,
): string {
  const most = formatAmount(cap);
  if (isZero(held.amount)) return `${formatBrief(spent)} of ${most} spent`;
  const counted = formatBrief({ ...spent, amount: together });
  return `${counted} of ${most}: ${formatBrief(spent)} spent and ${formatBrief(held)} kept for work under way`;
}
