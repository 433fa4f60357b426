import { Page } from "../../ui/Page";
import { DecisionsPanel } from "./DecisionsPanel";

const TRAIL = [{ label: "Usage", to: "/app/usage" }];

/** Whether one's work was refused lately, and why. */
export function DecisionsPage() {
  return (
    <Page
      title="Decisions"
      trail={TRAIL}
      state="What was answered to work that wanted to start, and why it was refused."
    >
      <DecisionsPanel />
    </Page>
  );
}
