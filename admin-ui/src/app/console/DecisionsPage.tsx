import { AllDecisionsPanel } from "../../features/decisions/AllDecisionsPanel";
import { organizationsUrl } from "../../features/organizations/urls";
import { Page } from "../../ui/Page";

const TRAIL = [{ label: "Organizations", to: organizationsUrl() }];

/** Who runs into limits, and into which: over all organizations. */
export function DecisionsPage() {
  return (
    <Page
      title="Decisions"
      trail={TRAIL}
      state="What was answered to work that wanted to start, and why it was refused."
    >
      <AllDecisionsPanel />
    </Page>
  );
}
