import { Page } from "../../ui/Page";
import { UsageEventsPanel } from "./UsageEventsPanel";

const TRAIL = [{ label: "Usage", to: "/app/usage" }];

/** Did it arrive, and what did it cost? */
export function UsageEventsPage() {
  return (
    <Page title="Events" trail={TRAIL} state="Every event, how it was rated, and its exact amount.">
      <UsageEventsPanel />
    </Page>
  );
}
