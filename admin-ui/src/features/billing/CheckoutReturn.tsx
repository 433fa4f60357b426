import { useApolloClient } from "@apollo/client/react";
import { Anchor, Button, Group, Loader, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { CheckoutReturnDocument, type CheckoutReturnQuery, type PlanCode } from "../../gql/documents";
import { formatInstant } from "../../lib/instant";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { Money } from "../../ui/Figures";
import { Notice } from "../../ui/Notice";
import { cardWords } from "./card-words";
import { AFFECTED_BY_PLAN } from "./affected";
import { planUrl } from "./urls";

type Props = {
  readonly plan: PlanCode | null;
  /** Where an invoice is read. */
  readonly invoiceHref: (id: string) => string;
};

/** Waits until our own server says that the plan is paid: coming back from Stripe's page grants nothing. */
export function CheckoutReturn({ plan, invoiceHref }: Props) {
  const { data } = useRegionQuery(CheckoutReturnDocument, {});
  const { subscription, invoices } = data.organization;
  const isDone = isPaid(subscription, plan);
  const invoice = invoices.nodes.find((each) => isOfPeriod(each, subscription));
  // The bill may be known a moment after the plan that it paid for.
  const isLate = useWaiting(isDone, subscription.status === "TRIALING" || invoice !== undefined);

  if (isDone) return <Done subscription={subscription} invoice={invoice} invoiceHref={invoiceHref} />;
  return (
    <Card title={isLate ? "Still waiting for the payment" : "Confirming your payment"}>
      <Stack gap="md" aria-live="polite">
        {isLate ? (
          <>
            <Notice tone="info" title="It is safe to leave this page">
              Stripe has not confirmed the payment yet. Nothing needs to be done again: do not pay a second time. The
              plan starts by itself once it is confirmed, and shows in the portal.
            </Notice>
            <Group gap="sm">
              <Button component={Link} to={planUrl()}>
                See the plan
              </Button>
              <Anchor component={Link} to="/app">
                Go to the overview
              </Anchor>
            </Group>
          </>
        ) : (
          <Group gap="sm" wrap="nowrap">
            <Loader size="sm" aria-hidden />
            <Text>Stripe tells us about the payment. This takes a few seconds.</Text>
          </Group>
        )}
      </Stack>
    </Card>
  );
}

type Subscription = CheckoutReturnQuery["organization"]["subscription"];

/** During a trial the visit leaves a card; otherwise the plan that was asked for is in force. */
function isPaid({ status, plan, paymentMethod }: Subscription, wanted: PlanCode | null): boolean {
  if (status === "TRIALING") return paymentMethod !== null;
  return wanted === null ? plan.code !== "FREE" : plan.code === wanted;
}

type Invoice = CheckoutReturnQuery["organization"]["invoices"]["nodes"][number];

const HOUR_MS = 3_600_000;

/** Whether a bill is of the period that has just begun, and not of an earlier plan. */
const isOfPeriod = ({ periodStart }: Invoice, { currentPeriodStart }: Subscription): boolean =>
  Date.parse(periodStart) >= Date.parse(currentPeriodStart) - HOUR_MS;

const FIRST_MS = 1_000;
const SLOWEST_MS = 5_000;
const PATIENCE_MS = 30_000;

/**
 * Asks every second, then slower and slower, until all is known.
 *
 * @returns true once it has taken too long to wait for; it goes on asking
 */
function useWaiting(isDone: boolean, isAllKnown: boolean): boolean {
  const isOver = isDone && isAllKnown;
  const client = useApolloClient();
  const [isLate, setLate] = useState(false);

  useEffect(() => {
    if (isOver) return;
    let timer: ReturnType<typeof setTimeout>;
    let isLeft = false;
    const started = performance.now();
    const ask = async (pauseMs: number) => {
      // A miss is tried again with the next turn.
      await client.query({ query: CheckoutReturnDocument, fetchPolicy: "network-only" }).catch(() => undefined);
      if (isLeft) return;
      if (performance.now() - started > PATIENCE_MS) setLate(true);
      timer = setTimeout(() => void ask(Math.min(pauseMs * 1.3, SLOWEST_MS)), pauseMs);
    };
    timer = setTimeout(() => void ask(FIRST_MS), FIRST_MS);
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [client, isOver]);

  useEffect(() => {
    if (isDone) void client.refetchQueries({ include: shown(client) });
  }, [client, isDone]);

  return isLate;
}

/** What is on the screen and shows the plan, such as the banner. */
function shown(client: ReturnType<typeof useApolloClient>): string[] {
  const names = new Set([...client.getObservableQueries()].map(({ queryName }) => queryName));
  return AFFECTED_BY_PLAN.filter((name) => names.has(name));
}

type DoneProps = {
  readonly subscription: Subscription;
  readonly invoice: Invoice | undefined;
  readonly invoiceHref: (id: string) => string;
};

function Done({ subscription, invoice, invoiceHref }: DoneProps) {
  const { plan, status, trialEndsAt, currentPeriodEnd, paymentMethod } = subscription;
  const isTrial = status === "TRIALING";
  return (
    <Card title={isTrial ? "The card is on file" : `${plan.name} is in force`}>
      <Stack gap="md" aria-live="polite">
        <Notice tone="good" title={isTrial ? "Nothing was charged" : "Paid"}>
          {isTrial ? (
            <>
              {trialEndsAt && `The trial goes on until ${formatInstant(trialEndsAt)}. `}
              Then {plan.name} follows at <Money value={subscription.monthlyPrice} /> a month
              {paymentMethod && `, charged to ${cardWords(paymentMethod)}`}.
            </>
          ) : (
            <>
              {invoice && (
                <>
                  <Money value={invoice.total} /> on invoice{" "}
                  <Anchor component={Link} to={invoiceHref(invoice.id)} underline="always" inherit>
                    {invoice.number}
                  </Anchor>
                  .{" "}
                </>
              )}
              It renews on {formatInstant(currentPeriodEnd)}.
            </>
          )}
        </Notice>
        <Group gap="sm">
          <Button component={Link} to="/app">
            Go to the overview
          </Button>
          <Anchor component={Link} to={planUrl()}>
            See the plan
          </Anchor>
        </Group>
      </Stack>
    </Card>
  );
}
