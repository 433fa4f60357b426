import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Text } from "@mantine/core";
import { InvoiceMoney_InvoiceFragmentDoc, type InvoiceMoney_InvoiceFragment } from "../../gql/documents";
import { Card } from "../../ui/Card";
import { Money } from "../../ui/Figures";
import { Instant } from "../../ui/Instant";
import { Status } from "../../ui/Status";
import { Cell, Row, Table } from "../../ui/Table";
import { historyOf } from "./invoice-history";

const COLUMNS = [
  { key: "what", label: "What" },
  { key: "at", label: "When", phone: "bare" },
  { key: "state", label: "State", phone: "bare" },
  { key: "amount", label: "Amount", numeric: true, phone: "first" },
] as const;

type Props = { readonly invoice: FragmentType<InvoiceMoney_InvoiceFragment> };

/** Payments, credit notes, refunds and the steps of the bill itself, in the order they happened. */
export function InvoiceHistory({ invoice: from }: Props) {
  const { data: invoice, complete } = useFragment({ fragment: InvoiceMoney_InvoiceFragmentDoc, from });
  if (!complete) return null;
  return (
    <Card title="Payments and history" flush>
      <Table caption="Payments, credit notes and refunds" columns={COLUMNS}>
        {historyOf(invoice).map(({ id, what, detail, at, state, amount }) => (
          <Row key={id}>
            <Cell column="what" head>
              {what}
              {detail !== null && (
                <Text size="xs" c="dimmed" fw={400}>
                  {detail}
                </Text>
              )}
            </Cell>
            <Cell column="at">
              <Instant at={at} zone="UTC" />
            </Cell>
            <Cell column="state">{state && <Status tone={state.tone}>{state.label}</Status>}</Cell>
            <Cell column="amount">{amount && <Money value={amount} />}</Cell>
          </Row>
        ))}
      </Table>
    </Card>
  );
}
