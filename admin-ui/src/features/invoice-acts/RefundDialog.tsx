import { useQuery } from "@apollo/client/react";
import { List, Skeleton, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { InvoiceActsDocument, type InvoiceActsQuery, RefundInvoiceDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { compareDecimals, parseDecimal, subtractDecimals } from "../../lib/decimal";
import { faultOf } from "../../lib/faults";
import { formatAmount } from "../../lib/money";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { never } from "../../ui/forms";
import { Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { AFFECTED } from "./affected";
import { amountFault } from "./amount-fault";
import { nameOf, refundable } from "./invoice-acts";
import { ReasonField } from "./ReasonField";

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly id: string;
  readonly organizationId: string;
};

/** From here on a word has to be typed too. */
const LARGE = "1000";

/** Sends money back without a credit note: how much, what stays, and why. */
export function RefundDialog({ opened, onClose, id, organizationId }: Props) {
  const { data, error } = useQuery(InvoiceActsDocument, {
    variables: { id },
    skip: !opened,
    fetchPolicy: "network-only",
  });
  const { run, isRunning, fault } = useAct(RefundInvoiceDocument, { refetch: AFFECTED });
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<{ amount?: string; reason?: string }>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const invoice = data?.invoice;
  const amount = parseDecimal(typed);
  const isRight = invoice !== undefined && amount !== null && amountFault(typed, refundable(invoice)) === null;
  const shown = isRight ? formatAmount({ amount, currency: invoice.total.currency }) : null;

  const refund = async () => {
    if (!invoice) return;
    const faults = { amount: amountFault(typed, refundable(invoice)), reason: reason.trim() === "" ? "Say why" : null };
    setWrong({ ...(faults.amount && { amount: faults.amount }), ...(faults.reason && { reason: faults.reason }) });
    if (faults.amount !== null || faults.reason !== null || amount === null) return;
    setRefusal(null);
    const input = { organizationId, invoiceId: id, amount, reason: reason.trim() };
    const answer = (await run({ input }))?.answer;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Invoice":
        onClose();
        return toastDone(`${shown ?? "It"} goes back to ${invoice.organization.name}.`);
      case "InvoiceRefused":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={invoice ? `Refund ${nameOf(invoice)}` : "Refund"}
      verb={shown === null ? "Refund" : `Refund ${shown}`}
      onConfirm={() => void refund()}
      isRunning={isRunning}
      fault={fault ?? (error ? faultOf(error) : null)}
      isReady={invoice !== undefined}
      typed={isRight && compareDecimals(amount, LARGE) >= 0 ? (invoice.number ?? undefined) : undefined}
    >
      <Stack gap="md">
        {!invoice && !error && <Skeleton height={60} />}
        {invoice && <Consequences invoice={invoice} amount={isRight ? amount : null} />}
        <TextInput
          label="Amount"
          leftSection="$"
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          error={wrong.amount}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setWrong(({ amount: _, ...rest }) => rest);
          }}
        />
        <ReasonField
          value={reason}
          error={wrong.reason ?? null}
          onChange={(value) => {
            setReason(value);
            setWrong(({ reason: _, ...rest }) => rest);
          }}
        />
        {refusal !== null && (
          <Notice tone="bad" live>
            {refusal}
          </Notice>
        )}
      </Stack>
    </ConfirmDialog>
  );
}

type ConsequencesProps = { readonly invoice: InvoiceActsQuery["invoice"]; readonly amount: string | null };

function Consequences({ invoice, amount }: ConsequencesProps) {
  const left = refundable(invoice);
  const after = amount === null ? null : { ...left, amount: subtractDecimals(left.amount, amount) };
  return (
    <List size="sm" spacing={4}>
      <List.Item>
        {formatAmount(invoice.amountPaid)} was paid, {formatAmount(invoice.refunded)} went back; {formatAmount(left)}{" "}
        can be refunded{after && `, and ${formatAmount(after)} after this`}.
      </List.Item>
      <List.Item>It goes back to the card it was paid from. The bank takes some days.</List.Item>
      <List.Item>The invoice keeps its total. To correct what was billed, write a credit note instead.</List.Item>
    </List>
  );
}
