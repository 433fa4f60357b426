import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { useState } from "react";
import {
  SubscriptionActs_SubscriptionFragmentDoc,
  type SubscriptionActs_SubscriptionFragment,
} from "../../gql/documents";
import { MayButton } from "../../ui/MayButton";
import { resumeWords } from "./subscription-act-words";
import { PauseDialog } from "./PauseDialog";
import { ResumeDialog } from "./ResumeDialog";

type Props = {
  readonly subscription: FragmentType<SubscriptionActs_SubscriptionFragment>;
  readonly organization: { readonly id: string; readonly name: string };
};

/** What staff do with a customer's subscription as it stands: pause it, end the pause, or take back what is scheduled. */
export function SubscriptionActs({ subscription: from, organization }: Props) {
  const { data, complete } = useFragment({ fragment: SubscriptionActs_SubscriptionFragmentDoc, from });
  const [open, setOpen] = useState<"pause" | "resume" | null>(null);
  if (!complete) return null;
  const close = () => setOpen(null);
  return (
    <>
      {data.canResume && (
        <MayButton permission="staff:money" variant="default" onClick={() => setOpen("resume")}>
          {resumeWords(data).label}
        </MayButton>
      )}
      {data.canPause && (
        <MayButton permission="staff:money" variant="default" onClick={() => setOpen("pause")}>
          Pause
        </MayButton>
      )}
      <PauseDialog opened={open === "pause"} onClose={close} organization={organization} plan={data.plan.name} />
      <ResumeDialog opened={open === "resume"} onClose={close} organization={organization} subscription={data} />
    </>
  );
}
