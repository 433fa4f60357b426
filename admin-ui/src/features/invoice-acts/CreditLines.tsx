import { Text, TextInput } from "@mantine/core";
import type { CreditInvoiceQuery } from "../../gql/documents";
import { compareDecimals } from "../../lib/decimal";
import { formatAmount } from "../../lib/money";
import { Money } from "../../ui/Figures";
import { Cell, Row, Table } from "../../ui/Table";
import { creditableOfLine } from "./credit-draft";

const COLUMNS = [
  { key: "line", label: "Line" },
  { key: "amount", label: "Billed", numeric: true, phone: "first" },
  { key: "credit", label: "Credited" },
] as const;

type Props = {
  readonly invoice: CreditInvoiceQuery["invoice"];
  readonly typed: Readonly<Record<string, string>>;
  readonly faults: Readonly<Record<string, string>>;
  readonly onChange: (id: string, text: string) => void;
};

/** What is credited of each line, never more than the line. */
export function CreditLines({ invoice, typed, faults, onChange }: Props) {
  const lines = invoice.lines.filter(({ amount }) => compareDecimals(amount.amount, "0") > 0);
  return (
    <>
      <Table caption="Lines to credit" columns={COLUMNS}>
        {lines.map((line) => (
          <Row key={line.id}>
            <Cell column="line" head>
              {line.description}
            </Cell>
            <Cell column="amount">
              <Money value={line.amount} />
            </Cell>
            <Cell column="credit">
              <TextInput
                aria-label={`Credited of ${line.description}`}
                placeholder={formatAmount(creditableOfLine(line, invoice)).replace(/[^\d.,]/g, "")}
                leftSection="$"
                inputMode="decimal"
                autoComplete="off"
                w={150}
                value={typed[line.id] ?? ""}
                error={faults[`lines.${line.id}`]}
                onChange={({ currentTarget }) => onChange(line.id, currentTarget.value)}
              />
            </Cell>
          </Row>
        ))}
      </Table>
      {faults["lines"] !== undefined && (
        <Text size="sm" c="var(--qlp-bad)" role="alert">
          {faults["lines"]}
        </Text>
      )}
    </>
  );
}
