import { Anchor, Button, Checkbox, Group, List, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { ChangePlanDocument, type PlanChangePageQuery } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { useTick } from "../../lib/clock";
import { formatClock } from "../../lib/instant";
import { formatAmount, type MoneyValue } from "../../lib/money";
import { Card } from "../../ui/Card";
import { never } from "../../ui/forms";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice, Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { AFFECTED_BY_PLAN } from "./affected";
import { cardWords } from "./card-words";
import { useCheckout } from "./hosted-page";
import { consequencesOf, doneWords, verbOf } from "./plan-change-words";
import type { Preview } from "./plan-preview";
import { PreviewLines } from "./PreviewLines";
import { planUrl } from "./urls";

type Props = {
  readonly preview: Preview;
  readonly subscription: PlanChangePageQuery["organization"]["subscription"];
  /** What the quote before this one had due. */
  readonly before: MoneyValue | null;
  readonly onAsk: () => void;
  readonly isAsking: boolean;
};

/** One quote with its consequences and the button that takes it. Each quote has a form of its own. */
export function PlanChangeForm({ preview, subscription, before, onAsk, isAsking }: Props) {
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const change = useChange(preview);
  const checkout = useCheckout();
  const isExpired = useTick(5_000) >= Date.parse(preview.expiresAt) || change.isStale;
  const mustTick = preview.mustConfirmLosses || change.unfit !== null;
  const losses = change.unfit ?? preview.losses;
  // A quote is good for one try.
  const isReady =
    !isExpired && !isAsking && change.failed === null && (!mustTick || losses.every((loss) => ticked.includes(loss)));
  const card = subscription.paymentMethod && cardWords(subscription.paymentMethod);
  const isMoved = before !== null && before.amount !== preview.dueNow.amount;

  return (
    <Stack gap="lg">
      {isMoved && (
        <Notice tone="warn" live>
          The amount was {formatAmount(before)}; it is {formatAmount(preview.dueNow)} now. Look at it again before you
          pay.
        </Notice>
      )}
      <Card title={`${subscription.plan.name} to ${preview.plan.name}`}>
        <Stack gap={6}>
          {consequencesOf(preview, subscription.plan.name, card).map((sentence) => (
            <Text key={sentence}>{sentence}</Text>
          ))}
        </Stack>
      </Card>
      <Card
        title={preview.lines.length === 0 ? "Nothing is due now" : "Due now"}
        description={
          preview.lines.length === 0 ? undefined : `Exact, and it holds until ${formatClock(preview.expiresAt)}.`
        }
        flush
      >
        <PreviewLines preview={preview} />
      </Card>
      {losses.length > 0 && (
        <Losses losses={losses} mustTick={mustTick} plan={preview.plan.name} ticked={ticked} onTick={setTicked} />
      )}
      {change.failed && <Unpaid {...change.failed} onAsk={onAsk} isAsking={isAsking} />}
      <FaultNotice fault={change.isStale ? null : change.fault} />
      <FaultNotice fault={checkout.fault} />
      {checkout.refusal && <Notice tone="bad">{checkout.refusal}</Notice>}
      {isExpired && (
        <Notice tone="warn" title="This amount does not hold any more" live>
          {change.fault?.message ?? "Nothing was charged. Ask for the amount as it is now."}
          <Group mt="sm">
            <Button size="xs" onClick={onAsk} loading={isAsking}>
              Ask again
            </Button>
          </Group>
        </Notice>
      )}
      <Group gap="sm">
        <MayButton
          permission="billing:write"
          size="md"
          loading={change.isRunning || checkout.isRunning}
          disabled={!isReady}
          onClick={() => void (preview.needsPaymentMethod ? checkout.go(preview.plan.code) : change.run(mustTick))}
        >
          {verbOf(preview)}
        </MayButton>
        <Anchor component={Link} to={planUrl()}>
          Keep {subscription.plan.name}
        </Anchor>
      </Group>
    </Stack>
  );
}

type LossesProps = {
  readonly losses: readonly string[];
  readonly mustTick: boolean;
  readonly plan: string;
  readonly ticked: readonly string[];
  readonly onTick: (ticked: readonly string[]) => void;
};

/** What the new plan does not have: a tick each where what is in use does not fit. */
function Losses({ losses, mustTick, plan, ticked, onTick }: LossesProps) {
  return (
    <Card
      title={mustTick ? `What you use does not fit ${plan}` : `What ${plan} does not have`}
      description={mustTick ? "Use less before, or tick each one to go on all the same." : undefined}
    >
      {mustTick ? (
        <Stack gap="xs">
          {losses.map((loss) => (
            <Checkbox
              key={loss}
              label={loss}
              checked={ticked.includes(loss)}
              onChange={({ currentTarget }) =>
                onTick(currentTarget.checked ? [...ticked, loss] : ticked.filter((each) => each !== loss))
              }
            />
          ))}
        </Stack>
      ) : (
        <List spacing={4}>
          {losses.map((loss) => (
            <List.Item key={loss}>{loss}</List.Item>
          ))}
        </List>
      )}
    </Card>
  );
}

type Failed = { readonly message: string; readonly hostedUrl: string | null };
type UnpaidProps = Failed & Pick<Props, "onAsk" | "isAsking">;

/** It was not paid, so the plan is as it was; and where it can be paid. */
function Unpaid({ message, hostedUrl, onAsk, isAsking }: UnpaidProps) {
  return (
    <Notice tone="bad" title="Not paid. Your plan is unchanged." live>
      {message}
      <Group mt="sm" gap="sm">
        {hostedUrl !== null && (
          <Button component="a" href={hostedUrl} size="xs">
            Pay at Stripe
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onAsk} loading={isAsking}>
          Try again with the card on file
        </Button>
      </Group>
    </Notice>
  );
}

function useChange(preview: Preview) {
  const navigate = useNavigate();
  const { run, isRunning, fault } = useAct(ChangePlanDocument, { refetch: [...AFFECTED_BY_PLAN, "PlanChangePage"] });
  const [failed, setFailed] = useState<Failed | null>(null);
  const [unfit, setUnfit] = useState<readonly string[] | null>(null);

  const change = async (confirmLosses: boolean) => {
    setFailed(null);
    const answer = (await run({ input: { plan: preview.plan.code, quoteId: preview.quoteId, confirmLosses } }))
      ?.changePlan;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Subscription":
        toastDone(doneWords(preview));
        return navigate(planUrl());
      case "AlreadyOnPlan":
        toastDone(answer.message);
        return navigate(planUrl());
      case "UsageDoesNotFit":
        return setUnfit(answer.reasons);
      case "PaymentFailed":
        return setFailed(answer);
      default:
        return never(answer);
    }
  };
  return { run: change, isRunning, fault, failed, unfit, isStale: fault?.code === "CONFLICT" };
}
