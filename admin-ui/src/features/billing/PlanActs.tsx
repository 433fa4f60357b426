import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Group, Stack } from "@mantine/core";
import { useNavigate } from "react-router";
import {
  PlanActs_SubscriptionFragmentDoc,
  type PlanActs_SubscriptionFragment,
  ResumeSubscriptionDocument,
} from "../../gql/documents";
import { useAct } from "../../lib/act";
import { never } from "../../ui/forms";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { AFFECTED_BY_PLAN } from "./affected";
import { AddCard } from "./AddCard";
import { MoneyBack } from "./MoneyBack";
import { PausePlan } from "./PausePlan";
import { StartTrial } from "./StartTrial";
import { cancelPlanUrl } from "./urls";

type Props = { readonly subscription: FragmentType<PlanActs_SubscriptionFragment> };

/** What can be done with the plan as it stands. */
export function PlanActs({ subscription: from }: Props) {
  const navigate = useNavigate();
  const { data, complete } = useFragment({ fragment: PlanActs_SubscriptionFragmentDoc, from });
  const resume = useResume();
  if (!complete) return null;
  const { status, plan, trialUsed, canCancel, canPause, canResume, moneyBackUntil, paymentMethod } = data;
  return (
    <Stack gap="sm">
      <FaultNotice fault={resume.fault} />
      <Group gap="sm">
        {plan.code === "FREE" && status === "ACTIVE" && !trialUsed && <StartTrial />}
        {status === "TRIALING" && paymentMethod === null && <AddCard plan={plan.code} />}
        {canResume && (
          <MayButton permission="billing:write" loading={resume.isRunning} onClick={() => void resume.run()}>
            {resumeLabel(data)}
          </MayButton>
        )}
        {canPause && <PausePlan plan={plan.name} />}
        {moneyBackUntil !== null && <MoneyBack plan={plan.code === "FREE" ? null : plan.name} until={moneyBackUntil} />}
        {canCancel && (
          <MayButton permission="billing:write" variant="default" onClick={() => void navigate(cancelPlanUrl())}>
            {status === "TRIALING" ? "End the trial" : "Cancel the plan"}
          </MayButton>
        )}
      </Group>
    </Stack>
  );
}

const resumeLabel = ({ status, plan }: PlanActs_SubscriptionFragment): string =>
  status === "PAUSED" ? `Resume ${plan.name}` : status === "TRIALING" ? "Keep the trial's plan" : `Keep ${plan.name}`;

/** Takes back what was scheduled, or ends a pause: nothing is charged for it, so it needs no dialog. */
function useResume() {
  const { run, isRunning, fault } = useAct(ResumeSubscriptionDocument, { refetch: AFFECTED_BY_PLAN });
  const resume = async () => {
    const answer = (await run({ input: {} }))?.resumeSubscription;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Subscription":
        return toastDone("The plan goes on.");
      case "NothingToCancel":
        return toastDone(answer.message);
      default:
        return never(answer);
    }
  };
  return { run: resume, isRunning, fault };
}
