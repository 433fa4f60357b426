import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Comparison_InvoiceFragmentDoc, type Comparison_InvoiceFragment } from "../../gql/documents";
import { isNegative } from "../../lib/decimal";
import { formatAmount } from "../../lib/money";
import { Card } from "../../ui/Card";
import { Instant } from "../../ui/Instant";
import { Status } from "../../ui/Status";
import { Cell, Row, Table } from "../../ui/Table";
import { comparedRows, differenceWords, type ComparedRow } from "./comparison-rows";

const COLUMNS = [
  { key: "line", label: "Line" },
  { key: "ours", label: "Ours", numeric: true },
  { key: "stripes", label: "Stripe's", numeric: true },
  { key: "difference", label: "Difference", numeric: true, phone: "first" },
] as const;

type Props = { readonly invoice: FragmentType<Comparison_InvoiceFragment> };

/** Ledger and Stripe's draft side by side, line by line, while the bill is held. */
export function Comparison({ invoice: from }: Props) {
  const { data: invoice, complete } = useFragment({ fragment: Comparison_InvoiceFragmentDoc, from });
  if (!complete || invoice.heldAt === null) return null;
  const differences = invoice.differences ?? [];
  return (
    <Card
      title={`Held: ${differenceWords(differences, invoice.total.currency)}`}
      description={
        <>
          Since <Instant at={invoice.heldAt} zone="UTC" />. The bill is late, not wrong: it is issued when ledger and
          draft agree to the cent.
        </>
      }
      flush
    >
      <Table caption="Comparison of the ledger with Stripe's draft" columns={COLUMNS}>
        {comparedRows(invoice).map((row) => (
          <Row key={row.key} marked={!row.agrees}>
            <Cell column="line" head>
              {row.line}
            </Cell>
            <Cell column="ours">{row.ours ?? "not there"}</Cell>
            <Cell column="stripes">{row.stripes ?? "not there"}</Cell>
            <Cell column="difference">
              <Distance row={row} />
            </Cell>
          </Row>
        ))}
      </Table>
    </Card>
  );
}

function Distance({ row: { agrees, difference } }: { row: ComparedRow }) {
  if (agrees) return <Status tone="good">Equal</Status>;
  if (difference === null) return <Status tone="bad">Differs</Status>;
  const sign = isNegative(difference.amount) ? "" : "+";
  return (
    <Status tone="bad">
      {sign}
      {formatAmount(difference)}
    </Status>
  );
}
