import { formatCount } from "../../lib/quantity";
import { Cell, Row, Table } from "../../ui/Table";
import { ruleWords, type Summary } from "./proof-words";

const COLUMNS = [
  { key: "rule", label: "Rule" },
  { key: "count", label: "Objects", numeric: true, phone: "first" },
] as const;

/** What was proved, and of how many objects. */
export function ProofRules({ report }: { readonly report: Pick<Summary, "checked"> }) {
  return (
    <Table caption="Rules of the proof" columns={COLUMNS}>
      {report.checked.map(({ rule, count }) => (
        <Row key={rule}>
          <Cell column="rule" head>
            <span title={rule} style={{ fontWeight: 400 }}>
              {ruleWords(rule)}
            </span>
          </Cell>
          <Cell column="count">{formatCount(count)}</Cell>
        </Row>
      ))}
    </Table>
  );
}
