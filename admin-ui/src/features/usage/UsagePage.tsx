import { Button } from "@mantine/core";
import { Link } from "react-router";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { usageEventsUrl } from "./urls";
import { UsagePanel } from "./UsagePanel";

/** How much, of what, until when? */
export function UsagePage() {
  return (
    <Page
      title="Usage"
      state="What your organization used, and how it was rated."
      actions={
        <Button component={Link} to={usageEventsUrl()} variant="default">
          All events
        </Button>
      }
    >
      <Region name="The usage">
        <UsagePanel />
      </Region>
    </Page>
  );
}
