import { useQuery } from "@apollo/client/react";
import { List, Skeleton, Stack } from "@mantine/core";
import { useRef, useState } from "react";
import {
  CollectInvoiceDocument,
  InvoiceActsDocument,
  MarkInvoiceUncollectibleDocument,
  RecheckInvoiceDocument,
  SendInvoiceReminderDocument,
  VoidInvoiceDocument,
} from "../../gql/documents";
import { useAct } from "../../lib/act";
import { faultOf } from "../../lib/faults";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { never } from "../../ui/forms";
import { Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { AFFECTED } from "./affected";
import { ACTS, consequencesOf, doneWords, nameOf, type PlainAct } from "./invoice-acts";
import { ReasonField } from "./ReasonField";

/** They differ in name only. */
const DOCUMENTS: Readonly<Record<PlainAct, typeof VoidInvoiceDocument>> = {
  recheck: RecheckInvoiceDocument,
  collect: CollectInvoiceDocument,
  remind: SendInvoiceReminderDocument,
  writeOff: MarkInvoiceUncollectibleDocument,
  void: VoidInvoiceDocument,
};

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly act: PlainAct;
  readonly id: string;
  readonly organizationId: string;
};

/** Says what an act does to this bill as it stands now, asks for the reason, and acts. */
export function PlainActDialog({ opened, onClose, act, id, organizationId }: Props) {
  const { data, error } = useQuery(InvoiceActsDocument, {
    variables: { id },
    skip: !opened,
    fetchPolicy: "network-only",
  });
  const { run, isRunning, fault } = useAct(DOCUMENTS[act], { refetch: AFFECTED });
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const { label, verb, dangerous } = ACTS[act];
  const invoice = data?.invoice;

  const confirm = async () => {
    if (reason.trim() === "") {
      setWrong("Say why");
      field.current?.focus();
      return;
    }
    setRefusal(null);
    const answer = (await run({ input: { organizationId, id, reason: reason.trim() } }))?.answer;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Invoice":
        onClose();
        return toastDone(invoice ? doneWords(act, invoice) : "Done.");
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
      title={invoice ? `${label}: ${nameOf(invoice)}` : label}
      verb={verb}
      dangerous={dangerous}
      onConfirm={() => void confirm()}
      isRunning={isRunning}
      fault={fault ?? (error ? faultOf(error) : null)}
      isReady={invoice !== undefined}
    >
      <Stack gap="md">
        {invoice ? (
          <List size="sm" spacing={4}>
            {consequencesOf(act, invoice).map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        ) : (
          !error && <Skeleton height={60} />
        )}
        <ReasonField
          ref={field}
          value={reason}
          error={wrong}
          onChange={(value) => {
            setReason(value);
            setWrong(null);
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
