import type { UsageDecisionsFragment } from "../../gql/documents";
import { isZero } from "../../lib/decimal";
import { formatDecimal } from "../../lib/quantity";
import { Cell, Row, Table } from "../../ui/Table";
import { allowedOf, reasonLabel, refusedOf, refusedShare, stepLabel } from "./decision-words";

const COLUMNS = [
  { key: "at", label: "From" },
  { key: "allowed", label: "Allowed", numeric: true },
  { key: "refused", label: "Refused", numeric: true },
  { key: "share", label: "Share refused", numeric: true },
  { key: "reasons", label: "Why" },
] as const;

type Props = {
  readonly steps: UsageDecisionsFragment["steps"];
  readonly step: string;
  readonly isStale: boolean;
};

/** Hour by hour, or day by day, the newest first; those in which nobody asked are left out. */
export function StepsTable({ steps, step, isStale }: Props) {
  const asked = steps.filter(({ outcomes }) => outcomes.length > 0);
  return (
    <Table caption="Decisions over time" columns={COLUMNS} isStale={isStale}>
      {asked.toReversed().map(({ at, outcomes }) => (
        <Row key={at}>
          <Cell column="at" head>
            {stepLabel(at, step)}
          </Cell>
          <Cell column="allowed">{formatDecimal(allowedOf(outcomes))}</Cell>
          <Cell column="refused">{formatDecimal(refusedOf(outcomes))}</Cell>
          <Cell column="share">{refusedShare(outcomes)}</Cell>
          <Cell column="reasons">
            {outcomes
              .filter(({ outcome, count }) => outcome !== "ALLOWED" && !isZero(count))
              .map(({ outcome, count }) => `${reasonLabel(outcome)} ${formatDecimal(count)}`)
              .join(", ") || "-"}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
