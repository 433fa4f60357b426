import { Button, Stack, Switch, Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { IgnoredParameters } from "../../ui/IgnoredParameters";
import { Region } from "../../ui/Region";
import { TableSkeleton } from "../../ui/Skeletons";
import { UrlDrawer } from "../../ui/UrlDrawer";
import { quickstartUrl } from "../quickstart/urls";
import { EVENTS_URL } from "./events-view";
import { EventsFilter } from "./EventsFilter";
import { LiveEvents, RecordedEvents } from "./RecordedEvents";
import { RejectedUsage } from "./RejectedUsage";
import { UsageEventDetail } from "./UsageEventDetail";
import classes from "./UsageEventsPanel.module.css";

type Props = {
  readonly organizationId?: string | undefined;
  /** What can be done with the event that is open, below all that is known of it. */
  readonly renderActs?: (id: string) => ReactNode;
};

/** The events of an organization: recorded, with filters and a live view, and those that were refused. */
export function UsageEventsPanel({ organizationId, renderActs }: Props) {
  const url = useUrlState(EVENTS_URL);
  const { view, setView, ignored } = url;
  const isRecorded = view.tab === "recorded";
  const List = view.live && view.after === null ? LiveEvents : RecordedEvents;

  return (
    <Stack gap="md">
      <IgnoredParameters names={ignored} />
      <Tabs
        value={view.tab}
        onChange={(tab) => setView({ tab: tab === "rejected" ? "rejected" : "recorded" })}
        keepMounted={false}
      >
        <div className={classes.tabs}>
          <Tabs.List flex={1}>
            <Tabs.Tab value="recorded">Recorded</Tabs.Tab>
            <Tabs.Tab value="rejected">Rejected attempts</Tabs.Tab>
          </Tabs.List>
          {isRecorded && (
            <Switch
              label="Live"
              checked={view.live}
              onChange={({ currentTarget }) => setView({ live: currentTarget.checked })}
            />
          )}
        </div>
        <Tabs.Panel value="recorded" pt="md">
          <Stack gap="md">
            <EventsFilter view={view} setView={setView} />
            <Card title={view.live ? "Events as they arrive" : "Events, newest first"} flush>
              <Region name="The events" skeleton={<TableSkeleton />}>
                <List {...url} organizationId={organizationId} empty={<FirstEvent organizationId={organizationId} />} />
              </Region>
            </Card>
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="rejected" pt="md">
          <Card title="Attempts that were refused" description="Newest first; kept for 30 days." flush>
            <Region name="The rejected attempts" skeleton={<TableSkeleton />}>
              <RejectedUsage organizationId={organizationId} view={view} setView={setView} />
            </Region>
          </Card>
        </Tabs.Panel>
      </Tabs>
      <UrlDrawer open={view.open} onClose={() => setView({ open: null })} title="Usage event">
        {(id) => (
          <Region name="The event">
            <UsageEventDetail id={id} organizationId={organizationId} />
            {renderActs?.(id)}
          </Region>
        )}
      </UrlDrawer>
    </Stack>
  );
}

function FirstEvent({ organizationId }: { organizationId: string | undefined }) {
  if (organizationId !== undefined) return null;
  return (
    <Button component={Link} to={quickstartUrl()} mt="xs">
      Send the first event
    </Button>
  );
}
