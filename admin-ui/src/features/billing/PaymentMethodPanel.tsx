import { Group, Stack, Text } from "@mantine/core";
import { IconCreditCard, IconCreditCardOff } from "@tabler/icons-react";
import { PaymentMethodPanelDocument, type PaymentMethodPanelQuery } from "../../gql/documents";
import { useTick } from "../../lib/clock";
import { formatDay } from "../../lib/instant";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice, Notice } from "../../ui/Notice";
import { cardState, cardWords, expiryWords, type PaymentCard } from "./card-words";
import { useBillingPortal } from "./hosted-page";

/** The card that is charged. It is entered and changed on Stripe's pages only. */
export function PaymentMethodPanel() {
  const { data } = useRegionQuery(PaymentMethodPanelDocument, {}, { pollMs: 30_000 });
  const { subscription } = data.organization;
  const { paymentMethod } = subscription;
  const { go, isRunning, fault } = useBillingPortal();
  return (
    <Card
      title="Payment method"
      actions={
        <MayButton
          permission="billing:write"
          variant={paymentMethod ? "default" : "filled"}
          loading={isRunning}
          onClick={() => void go()}
        >
          Manage at Stripe
        </MayButton>
      }
    >
      <Stack gap="md">
        <FaultNotice fault={fault} />
        {paymentMethod ? (
          <CardOnFile card={paymentMethod} next={nextCharge(subscription)} />
        ) : (
          <EmptyState title="No payment method yet" icon={IconCreditCardOff}>
            {subscription.collection === "INVOICE"
              ? "Invoices are sent and paid by transfer, within 30 days."
              : "A card is entered on Stripe's pages when a plan is paid for the first time. It never reaches us."}
          </EmptyState>
        )}
      </Stack>
    </Card>
  );
}

function CardOnFile({ card, next }: { card: PaymentCard; next: string | null }) {
  const state = cardState(card, useTick(60_000));
  const expiry = expiryWords(card);
  return (
    <>
      <Group gap="md" wrap="nowrap">
        <IconCreditCard size={30} aria-hidden />
        <div>
          <Text fz="lg" fw={650}>
            {cardWords(card)}
          </Text>
          <Text size="sm" c="dimmed">
            {expiry !== null && `${state === "expired" ? "Expired" : "Expires"} ${expiry}. `}
            {next}
          </Text>
        </div>
      </Group>
      {state === "soon" && (
        <Notice tone="warn" title="This card expires soon">
          Enter a new one at Stripe before the next charge, so that no payment fails.
        </Notice>
      )}
      {state === "expired" && (
        <Notice tone="bad" title="This card has expired">
          The next charge will fail. Enter a new card at Stripe.
        </Notice>
      )}
    </>
  );
}

function nextCharge(subscription: PaymentMethodPanelQuery["organization"]["subscription"]): string | null {
  const { status, plan, trialEndsAt, currentPeriodEnd, collection } = subscription;
  if (collection === "INVOICE") return "Invoices are sent; the card is not charged by itself.";
  if (status === "TRIALING" && trialEndsAt)
    return `Charged for ${plan.name} when the trial ends, ${formatDay(trialEndsAt)}.`;
  return plan.code === "FREE"
    ? "Nothing is charged on the Free plan."
    : `Charged next on ${formatDay(currentPeriodEnd)}.`;
}
