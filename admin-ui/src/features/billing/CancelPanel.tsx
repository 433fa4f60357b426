import { Anchor, Group, List, Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { CancelPanelDocument, type CancelPanelQuery, CancelSubscriptionDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { sumDecimals } from "../../lib/decimal";
import { formatInstant } from "../../lib/instant";
import { formatAmount } from "../../lib/money";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { never } from "../../ui/forms";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice, Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { AFFECTED_BY_PLAN } from "./affected";
import { usePlanPreview } from "./plan-preview";
import { planUrl } from "./urls";

/** What ending the plan means, and the button that does it: all on one page. */
export function CancelPanel() {
  const { data } = useRegionQuery(CancelPanelDocument, {});
  const { subscription, upcomingInvoice } = data.organization;
  const isLeft = subscription.status === "CANCELED" || subscription.plan.code === "FREE";
  if (isLeft || (!subscription.canCancel && subscription.cancelAt === null)) {
    return (
      <Card title="Nothing to cancel">
        <EmptyState
          title="There is no plan to end"
          action={
            <Anchor component={Link} to={planUrl()}>
              Back to the plan
            </Anchor>
          }
        >
          The Free plan costs nothing and has no end.
        </EmptyState>
      </Card>
    );
  }
  return <CancelForm subscription={subscription} upcoming={upcomingInvoice} />;
}

type Subscription = CancelPanelQuery["organization"]["subscription"];
type Upcoming = CancelPanelQuery["organization"]["upcomingInvoice"];

function CancelForm({ subscription, upcoming }: { subscription: Subscription; upcoming: Upcoming }) {
  const { plan, status, canCancel } = subscription;
  const [when, setWhen] = useState<"end" | "now">(canCancel ? "end" : "now");
  const isTrial = status === "TRIALING";
  const end = subscription.trialEndsAt ?? subscription.currentPeriodEnd;
  const losses = useLosses();
  const { cancel, isRunning, fault, refusal } = useCancel();

  return (
    <Stack gap="lg">
      <Card title="When">
        <Radio.Group
          value={when}
          onChange={(value) => setWhen(value === "now" ? "now" : "end")}
          aria-label={`When ${plan.name} ends`}
        >
          <Stack gap="sm">
            {canCancel && (
              <Radio
                value="end"
                label={`At the end of the ${isTrial ? "trial" : "period"}, ${formatInstant(end)}`}
                description={`${isTrial ? "The trial" : plan.name} stays as it is until then. It can be taken back until then.`}
              />
            )}
            <Radio
              value="now"
              label="Now"
              description={
                isTrial
                  ? "Free's limits hold at once. The trial cannot be started again."
                  : "Free's limits hold at once. What was paid for the rest of the period is not given back."
              }
            />
          </Stack>
        </Radio.Group>
      </Card>
      <Card title="What follows">
        <List spacing={6}>
          <List.Item>The Free plan follows: no fee, and past its allowance new work is refused.</List.Item>
          <List.Item>{finalUsage(upcoming, isTrial)}</List.Item>
          <List.Item>Keys, members, invoices and recorded usage stay.</List.Item>
        </List>
        {losses.length > 0 && (
          <>
            <p>With the Free plan:</p>
            <List spacing={4}>
              {losses.map((loss) => (
                <List.Item key={loss}>{loss}</List.Item>
              ))}
            </List>
          </>
        )}
      </Card>
      <FaultNotice fault={fault} />
      {refusal && (
        <Notice tone="bad" live>
          {refusal}
        </Notice>
      )}
      <Group gap="sm">
        <MayButton
          permission="billing:write"
          color="red.9"
          loading={isRunning}
          onClick={() => void cancel(when === "end")}
        >
          {when === "end"
            ? `End ${isTrial ? "with the trial" : `${plan.name} at the period's end`}`
            : `End ${isTrial ? "the trial" : plan.name} now`}
        </MayButton>
        <Anchor component={Link} to={planUrl()}>
          Keep {isTrial ? "the trial" : plan.name}
        </Anchor>
      </Group>
    </Stack>
  );
}

function finalUsage(upcoming: Upcoming, isTrial: boolean): string {
  if (isTrial) return "Usage of the trial is not billed.";
  const usage = upcoming?.lines.filter(({ kind }) => kind === "USAGE" || kind === "CREDIT") ?? [];
  const first = usage[0];
  if (!first) return "Usage past the allowance until the end is billed on a last invoice; so far there is none.";
  const sum = { amount: sumDecimals(usage.map(({ amount }) => amount.amount)), currency: first.amount.currency };
  return `Usage past the allowance until the end is billed on a last invoice; so far ${formatAmount(sum)} (est.).`;
}

/** What Free does not have, as the server compares it with the present plan; empty while that is not known. */
function useLosses(): readonly string[] {
  const { answer } = usePlanPreview("FREE");
  return answer?.__typename === "PlanChangePreview" ? answer.losses : [];
}

function useCancel() {
  const navigate = useNavigate();
  const [refusal, setRefusal] = useState<string | null>(null);
  const { run, isRunning, fault } = useAct(CancelSubscriptionDocument, { refetch: AFFECTED_BY_PLAN });
  const cancel = async (atPeriodEnd: boolean) => {
    const answer = (await run({ input: { atPeriodEnd } }))?.cancelSubscription;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Subscription": {
        const end = answer.cancelAt;
        toastDone(
          end
            ? `The plan ends on ${formatInstant(end)}. You can take it back until then.`
            : "The Free plan is in force.",
        );
        return navigate(planUrl());
      }
      case "NothingToCancel":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };
  return { cancel, isRunning, fault, refusal };
}
