import { Button, Group, NativeSelect, Radio, SegmentedControl, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { CreateCreditNoteDocument, CreditInvoiceDocument, type CreditInvoiceQuery } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { isZero } from "../../lib/decimal";
import { formatAmount } from "../../lib/money";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { never } from "../../ui/forms";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice, Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { AFFECTED } from "./affected";
import { type CreditDraft, creditedBy, creditFaults, creditInput, EMPTY_DRAFT, REASONS } from "./credit-draft";
import { CreditLines } from "./CreditLines";
import { CreditOutcome } from "./CreditOutcome";
import { creditable } from "./invoice-acts";
import { staffInvoiceUrl } from "./urls";

type Invoice = CreditInvoiceQuery["invoice"];

const SCOPES = [
  { value: "whole", label: "All that is left" },
  { value: "lines", label: "By line" },
  { value: "amount", label: "An amount" },
] as const satisfies readonly { value: CreditDraft["scope"]; label: string }[];

/** Takes money off a bill: all of it, some of its lines, or an amount. */
export function CreditForm({ id }: { readonly id: string }) {
  const { data } = useRegionQuery(CreditInvoiceDocument, { id });
  const { invoice } = data;
  if (isZero(creditable(invoice).amount)) {
    return <Notice tone="info">Nothing of this invoice is left to credit.</Notice>;
  }
  return <Form key={id} invoice={invoice} />;
}

function Form({ invoice }: { invoice: Invoice }) {
  const navigate = useNavigate();
  const { run, isRunning, fault } = useAct(CreateCreditNoteDocument, { refetch: AFFECTED });
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [isChecked, setChecked] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const change = (part: Partial<CreditDraft>) => setDraft((before) => ({ ...before, ...part }));
  const faults = creditFaults(draft, invoice);
  const shown = isChecked ? faults : {};
  const credited = creditedBy(draft, invoice);
  const left = creditable(invoice);
  const page = staffInvoiceUrl(invoice.id);

  const credit = async () => {
    setChecked(true);
    setRefusal(null);
    if (credited === null) return;
    const answer = (await run({ input: creditInput(draft, invoice) }))?.createCreditNote;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Invoice":
        toastDone(`${formatAmount(credited)} was credited on ${invoice.number ?? "the invoice"}.`);
        return void navigate(page);
      case "InvoiceRefused":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <Stack gap="lg">
      <Card
        title="What is credited"
        description={`${formatAmount(left)} of ${formatAmount(invoice.total)} can be credited.`}
      >
        <Stack gap="md">
          <SegmentedControl
            aria-label="What is credited"
            data={[...SCOPES]}
            value={draft.scope}
            onChange={(value) => {
              setChecked(false);
              change({ scope: value });
            }}
          />
          {draft.scope === "whole" && (
            <Text size="sm">All {formatAmount(left)} that is left, shared over the lines by Stripe.</Text>
          )}
          {draft.scope === "amount" && (
            <TextInput
              label="Amount"
              leftSection="$"
              inputMode="decimal"
              autoComplete="off"
              maw={240}
              value={draft.amount}
              error={shown["amount"]}
              onChange={({ currentTarget }) => change({ amount: currentTarget.value })}
            />
          )}
          {draft.scope === "lines" && (
            <CreditLines
              invoice={invoice}
              typed={draft.lines}
              faults={shown}
              onChange={(id, text) => setDraft((before) => ({ ...before, lines: { ...before.lines, [id]: text } }))}
            />
          )}
        </Stack>
      </Card>
      <Card title="Why, and where it goes">
        <Stack gap="md" maw="36rem">
          {invoice.status === "PAID" && (
            <Radio.Group
              label="What was paid"
              value={draft.refund ? "card" : "balance"}
              onChange={(value) => change({ refund: value === "card" })}
            >
              <Stack gap={8} mt={6}>
                <Radio
                  value="card"
                  label="Goes back to the card"
                  description="What credit had paid becomes credit again."
                />
                <Radio value="balance" label="Becomes credit" description="The next invoices use it up." />
              </Stack>
            </Radio.Group>
          )}
          <NativeSelect
            label="Reason"
            description="On the credit note, and in the audit log"
            data={Object.entries(REASONS).map(([value, label]) => ({ value, label }))}
            value={draft.reason}
            onChange={({ currentTarget: { value } }) => {
              const reason = (Object.keys(REASONS) as CreditDraft["reason"][]).find((each) => each === value);
              if (reason) change({ reason });
            }}
          />
          <Textarea
            label="Note to the customer (optional)"
            rows={2}
            maxLength={500}
            value={draft.memo}
            onChange={({ currentTarget }) => change({ memo: currentTarget.value })}
          />
        </Stack>
      </Card>
      <Card title="What follows">
        <CreditOutcome invoice={invoice} credited={credited} refund={draft.refund} />
      </Card>
      {refusal !== null && (
        <Notice tone="bad" live>
          {refusal}
        </Notice>
      )}
      <FaultNotice fault={fault} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={() => void navigate(page)}>
          Cancel
        </Button>
        <MayButton permission="staff:money" color="red.9" loading={isRunning} onClick={() => void credit()}>
          {credited === null ? "Credit" : `Credit ${formatAmount(credited)}`}
        </MayButton>
      </Group>
    </Stack>
  );
}
