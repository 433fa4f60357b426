import { Text } from "@mantine/core";
import type { InvoiceLine_LineFragment } from "../../gql/documents";
import type { MoneyValue } from "../../lib/money";
import { formatCount } from "../../lib/quantity";
import { Money, Quantity } from "../../ui/Figures";
import { Cell, Row, Table } from "../../ui/Table";

const COLUMNS = [
  { key: "what", label: "Billed" },
  { key: "events", label: "Events", numeric: true, phone: "none" },
  { key: "quantity", label: "Quantity", numeric: true },
  { key: "price", label: "Unit price", numeric: true },
  { key: "factor", label: "Factor", numeric: true },
  { key: "amount", label: "Exact amount", numeric: true, phone: "first" },
] as const;

type Props = {
  readonly parts: NonNullable<InvoiceLine_LineFragment["explanation"]>["parts"];
  readonly unit: string;
  readonly amount: MoneyValue;
};

/** What a line is made of: quantity x unit price x factor for each part, and their exact sum. */
export function LineParts({ parts, unit, amount }: Props) {
  return (
    <Table caption="How the line came about" columns={COLUMNS}>
      {parts.map((part) => (
        <Row key={`${part.complexity} ${part.premium} ${part.unitPrice?.amount} ${part.multiplier}`}>
          <Cell column="what" head>
            {[part.complexity, part.premium ? "premium models" : null].filter(Boolean).join(", ") || unit}
          </Cell>
          <Cell column="events">{part.events === null ? "-" : formatCount(part.events)}</Cell>
          <Cell column="quantity">
            <Quantity value={part.quantity} unit={unit} />
          </Cell>
          <Cell column="price">{part.unitPrice ? <Money value={part.unitPrice} as="exact" /> : "by tiers"}</Cell>
          <Cell column="factor">
            <Quantity value={part.multiplier} />
          </Cell>
          <Cell column="amount">
            <Money value={part.amount} as="exact" />
          </Cell>
        </Row>
      ))}
      <Row>
        <Cell column="what" head>
          Exact sum
        </Cell>
        <Cell column="events" />
        <Cell column="quantity" />
        <Cell column="price" />
        <Cell column="factor" />
        <Cell column="amount">
          <Text span fw={700}>
            <Money value={amount} as="exact" />
          </Text>
        </Cell>
      </Row>
    </Table>
  );
}
