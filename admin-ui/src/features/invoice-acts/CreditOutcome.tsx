import { List, Text } from "@mantine/core";
import type { CreditInvoiceQuery } from "../../gql/documents";
import { formatAmount, type MoneyValue } from "../../lib/money";
import { leftAfter } from "./credit-draft";
import { creditable } from "./invoice-acts";

type Props = {
  readonly invoice: CreditInvoiceQuery["invoice"];
  /** null while a field is wrong. */
  readonly credited: MoneyValue | null;
  readonly refund: boolean;
};

/** The balance that results, and what does not happen. */
export function CreditOutcome({ invoice, credited, refund }: Props) {
  if (credited === null) return <Text c="dimmed">It shows up when the amounts are right.</Text>;
  const { status, organization, amountRemaining } = invoice;
  const amount = formatAmount(credited);
  return (
    <List size="sm" spacing={4}>
      {status === "OPEN" ? (
        <List.Item>
          {organization.name} owes {amount} less: {formatAmount(leftAfter(credited, amountRemaining))} instead of{" "}
          {formatAmount(amountRemaining)}.
        </List.Item>
      ) : (
        <List.Item>
          {amount} {refund ? "goes back to where it was paid from" : `becomes credit of ${organization.name}`}.
        </List.Item>
      )}
      <List.Item>
        {formatAmount(leftAfter(credited, creditable(invoice)))} of this invoice can still be credited afterwards.
      </List.Item>
      <List.Item>
        A credit note is issued; the invoice keeps its number and its total. The usage stays as it is.
      </List.Item>
    </List>
  );
}
