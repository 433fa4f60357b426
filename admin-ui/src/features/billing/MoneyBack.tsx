import { useQuery } from "@apollo/client/react";
import { List, Stack, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { ClaimMoneyBackDocument, MoneyBackInvoicesDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { faultOf } from "../../lib/faults";
import { formatExactInstant } from "../../lib/instant";
import { formatAmount } from "../../lib/money";
import { plural } from "../../lib/quantity";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { never } from "../../ui/forms";
import { MayButton } from "../../ui/MayButton";
import { Notice } from "../../ui/Notice";
import { CardSkeleton } from "../../ui/Skeletons";
import { toastDone } from "../../ui/toasts";
import { AFFECTED_BY_PLAN } from "./affected";
import { leftToGiveBack } from "./money-back";

type Props = {
  /** The plan that ends with it; null where it has ended already. */
  readonly plan: string | null;
  /** The first moment that is too late. */
  readonly until: string;
};

/** The money-back guarantee, once for an organization: all that was paid goes back, and the plan ends. */
export function MoneyBack({ plan, until }: Props) {
  const [isOpen, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState("");
  const [refusal, setRefusal] = useState<string | null>(null);
  const paid = useQuery(MoneyBackInvoicesDocument, { skip: !isOpen, fetchPolicy: "network-only" });
  const { run, isRunning, fault } = useAct(ClaimMoneyBackDocument, { refetch: AFFECTED_BY_PLAN });
  const left = paid.data ? leftToGiveBack(paid.data.organization.invoices.nodes) : null;

  const claim = async () => {
    const answer = (await run({ input: { reason: reason.trim() || null } }))?.claimMoneyBack;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "MoneyBack":
        close();
        return toastDone(`${formatAmount(answer.refunded)} goes back. The Free plan is in force.`);
      case "MoneyBackNotDue":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <>
      <MayButton permission="billing:write" variant="default" onClick={open}>
        Claim the money back
      </MayButton>
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title="Claim the money back"
        verb={left ? `Refund ${formatAmount(left.amount)}` : "Refund"}
        onConfirm={() => void claim()}
        isRunning={isRunning}
        fault={fault ?? (paid.error ? faultOf(paid.error) : null)}
        isReady={left !== null && refusal === null}
      >
        <Stack gap="md">
          {left ? (
            <List size="sm" spacing={4}>
              <List.Item>
                {formatAmount(left.amount)}, all that was paid on {plural(left.invoices, "invoice")}, goes back to where
                it was paid from. A card shows it within 5 to 10 days.
              </List.Item>
              <List.Item>
                {plan === null
                  ? "The plan that it paid for has ended already; the Free plan stays."
                  : `${plan} ends at once and the Free plan is in force. Usage of the running period is not billed.`}
              </List.Item>
              <List.Item>
                The guarantee holds once for an organization, until {formatExactInstant(lastSecond(until))}.
              </List.Item>
            </List>
          ) : (
            !paid.error && <CardSkeleton height={120} />
          )}
          <Textarea
            label="Why (optional)"
            rows={2}
            maxLength={500}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          {refusal && (
            <Notice tone="bad" live>
              {refusal}
            </Notice>
          )}
        </Stack>
      </ConfirmDialog>
    </>
  );
}

const lastSecond = (end: string): string => new Date(Date.parse(end) - 1000).toISOString();
