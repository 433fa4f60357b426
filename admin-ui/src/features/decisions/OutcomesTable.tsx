import { formatDecimal } from "../../lib/quantity";
import { Cell, Row, Table } from "../../ui/Table";
import { countOf, type OutcomeCount, reasonLabel, reasonMeaning, REFUSALS } from "./decision-words";

const COLUMNS = [
  { key: "reason", label: "Reason" },
  { key: "meaning", label: "What it means", phone: "bare" },
  { key: "count", label: "Refused", numeric: true, phone: "first" },
] as const;

type Props = { readonly outcomes: readonly OutcomeCount[]; readonly isStale: boolean };

/** Each reason for a refusal with how often it was given, those that were not given too. */
export function OutcomesTable({ outcomes, isStale }: Props) {
  return (
    <Table caption="Refusals by reason" columns={COLUMNS} isStale={isStale}>
      {REFUSALS.map((reason) => (
        <Row key={reason} faded={countOf(outcomes, reason) === "0"}>
          <Cell column="reason" head>
            {reasonLabel(reason)}
          </Cell>
          <Cell column="meaning">{reasonMeaning(reason)}</Cell>
          <Cell column="count">{formatDecimal(countOf(outcomes, reason))}</Cell>
        </Row>
      ))}
    </Table>
  );
}
