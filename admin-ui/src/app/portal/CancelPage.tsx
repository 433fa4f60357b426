import { CancelPanel } from "../../features/billing/CancelPanel";
import { planUrl } from "../../features/billing/urls";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { CardSkeleton } from "../../ui/Skeletons";

const TRAIL = [{ label: "Plan", to: planUrl() }];

/** What ending the plan means, before it is done. */
export function CancelPage() {
  return (
    <Page title="Cancel the plan" trail={TRAIL} state="Nothing happens before you press the button below.">
      <Region name="What follows" skeleton={<CardSkeleton height={320} />}>
        <CancelPanel />
      </Region>
    </Page>
  );
}
