import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { CreateInvoiceDocument, NewInvoiceDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { formatAmount } from "../../lib/money";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { never } from "../../ui/forms";
import { FaultNotice, Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { AFFECTED } from "./affected";
import { type InvoiceDraft, invoiceFaults, invoiceInput, totalOf } from "./new-invoice-draft";
import { newLine, NewInvoiceLines } from "./NewInvoiceLines";
import { ReasonField } from "./ReasonField";
import { staffInvoiceUrl } from "./urls";

const CURRENCY = "USD";

/** Writes a bill for one customer by hand. */
export function NewInvoiceForm({ organizationId }: { readonly organizationId: string }) {
  const { name, subscription } = useRegionQuery(NewInvoiceDocument, { organizationId }).data.organization;
  const navigate = useNavigate();
  const { run, isRunning, fault } = useAct(CreateInvoiceDocument, { refetch: AFFECTED });
  const card = subscription.paymentMethod;
  const [draft, setDraft] = useState<InvoiceDraft>(() => ({
    lines: [newLine()],
    way: card && subscription.collection === "CARD" ? "card" : "send",
    daysUntilDue: "30",
    memo: "",
    reason: "",
  }));
  const [isChecked, setChecked] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const change = (part: Partial<InvoiceDraft>) => setDraft((before) => ({ ...before, ...part }));
  const faults = isChecked ? invoiceFaults(draft) : {};
  const total = totalOf(draft.lines);
  const words = total === null ? null : formatAmount({ amount: total, currency: CURRENCY });

  const create = async () => {
    setChecked(true);
    setRefusal(null);
    if (Object.keys(invoiceFaults(draft)).length > 0) return;
    const answer = (await run({ input: invoiceInput(organizationId, draft) }))?.createInvoice;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Invoice":
        toastDone(`${answer.number ?? "The invoice"} over ${formatAmount(answer.total)} was made.`);
        return void navigate(staffInvoiceUrl(answer.id));
      case "InvoiceRefused":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <Stack gap="lg">
        <Card title="Lines" description="Quantity x unit price must come to whole cents. Below 0 gives something back.">
          <Stack gap="md">
            <NewInvoiceLines lines={draft.lines} faults={faults} onChange={(lines) => change({ lines })} />
            <Text ta="right" fw={650}>
              Total {words ?? "-"}
            </Text>
            {faults["total"] !== undefined && (
              <Text size="sm" c="var(--qlp-bad)" role="alert">
                {faults["total"]}
              </Text>
            )}
          </Stack>
        </Card>
        <Card title="How it is paid">
          <Stack gap="md" maw="36rem">
            <Radio.Group
              aria-label="How it is paid"
              value={draft.way}
              onChange={(value) => change({ way: value === "card" ? "card" : "send" })}
            >
              <Stack gap={8}>
                <Radio
                  value="card"
                  label="Charge the card now"
                  disabled={card === null}
                  description={card ? `The ${card.brand} card ending in ${card.last4}` : `${name} has no card on file`}
                />
                <Radio value="send" label="Send it, to be paid later" />
              </Stack>
            </Radio.Group>
            {draft.way === "send" && (
              <TextInput
                label="Days to pay"
                inputMode="numeric"
                autoComplete="off"
                maw={160}
                value={draft.daysUntilDue}
                error={faults["daysUntilDue"]}
                onChange={({ currentTarget }) => change({ daysUntilDue: currentTarget.value.trim() })}
              />
            )}
            <Textarea
              label="Note on the invoice (optional)"
              rows={2}
              maxLength={500}
              value={draft.memo}
              onChange={({ currentTarget }) => change({ memo: currentTarget.value })}
            />
            <ReasonField
              value={draft.reason}
              error={faults["reason"] ?? null}
              onChange={(reason) => change({ reason })}
            />
          </Stack>
        </Card>
        {refusal !== null && (
          <Notice tone="bad" live>
            {refusal}
          </Notice>
        )}
        <FaultNotice fault={fault} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={() => void navigate(-1)}>
            Cancel
          </Button>
          <Button type="submit" loading={isRunning}>
            {words === null ? "Invoice" : `${draft.way === "card" ? "Charge" : "Send"} ${words}`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
