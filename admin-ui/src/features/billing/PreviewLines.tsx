import { Text } from "@mantine/core";
import { formatPeriod } from "../../lib/instant";
import { Money } from "../../ui/Figures";
import { Cell, Row, Table } from "../../ui/Table";
import type { Preview } from "./plan-preview";

const COLUMNS = [
  { key: "what", label: "Line" },
  { key: "period", label: "For", phone: "bare" },
  { key: "amount", label: "Amount", numeric: true, phone: "first" },
] as const;

/** The lines that make up what is due now, and what the next invoice will be. */
export function PreviewLines({ preview: { lines, dueNow, nextInvoice } }: { readonly preview: Preview }) {
  return (
    <Table caption="What is due" columns={COLUMNS}>
      {lines.map(({ id, description, periodStart, periodEnd, amount }) => (
        <Row key={id}>
          <Cell column="what" head>
            {description}
          </Cell>
          <Cell column="period">{periodStart === periodEnd ? "" : formatPeriod(periodStart, periodEnd)}</Cell>
          <Cell column="amount">
            <Money value={amount} />
          </Cell>
        </Row>
      ))}
      <Row>
        <Cell column="what" head>
          <Text span inherit fw={700}>
            Due now
          </Text>
        </Cell>
        <Cell column="period" />
        <Cell column="amount">
          <Text span inherit fw={700}>
            <Money value={dueNow} />
          </Text>
        </Cell>
      </Row>
      <Row>
        <Cell column="what" head>
          Next invoice
        </Cell>
        <Cell column="period">the fee to come, and usage past the allowance so far</Cell>
        <Cell column="amount">
          <Money value={nextInvoice} estimated />
        </Cell>
      </Row>
    </Table>
  );
}
