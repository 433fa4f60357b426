import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { UsageEventsPanelDocument } from "../../gql/documents";
import { useNow } from "../../lib/clock";
import { useRegionQuery } from "../../lib/query";
import { plural } from "../../lib/quantity";
import type { UrlState } from "../../lib/url-state";
import { DataThrough } from "../../ui/DataThrough";
import { EmptyState } from "../../ui/EmptyState";
import { Pager } from "../../ui/Pager";
import { chipsOf, type EVENTS_URL, filterOf, NO_FILTER } from "./events-view";
import { useHeldRows } from "./held-rows";
import { UsageEventsTable } from "./UsageEventsTable";
import classes from "./RecordedEvents.module.css";

type Props = Pick<UrlState<typeof EVENTS_URL>, "view" | "setView" | "hrefWith"> & {
  readonly organizationId: string | undefined;
  /** The next step where nothing was ever sent. */
  readonly empty: ReactNode;
};

const LIVE_MS = 2_000;

/** A page of the events under the filters in force. */
export function RecordedEvents(props: Props) {
  const { view, setView, hrefWith, organizationId } = props;
  const { data, isStale } = useEvents(props);
  const { nodes, pageInfo } = data.organization.usageEvents;
  if (nodes.length === 0) return <Nothing {...props} />;
  return (
    <>
      <UsageEventsTable
        caption={organizationId === undefined ? "Your usage events" : "Usage events of the organization"}
        events={nodes}
        hrefOf={(open) => hrefWith({ open })}
        isStale={isStale}
      />
      <Pager
        pageInfo={pageInfo}
        after={view.after}
        size={view.size}
        count={plural(nodes.length, "event")}
        onPage={(after, state) => setView({ after }, { state })}
        onSize={(size) => setView({ size })}
      />
    </>
  );
}

/** The newest events, asked for every 2 seconds. Those that come while one reads further down wait for a click. */
export function LiveEvents(props: Props) {
  const { data, silentSince } = useEvents(props, LIVE_MS);
  const now = useNow();
  const [since] = useState(now);
  const { rows, waiting, release } = useHeldRows(data.organization.usageEvents.nodes);
  if (rows.length === 0) return <Nothing {...props} />;
  return (
    <>
      {waiting > 0 && (
        <div className={classes.waiting}>
          <Button size="compact-md" onClick={release}>
            {waiting} new
          </Button>
        </div>
      )}
      <UsageEventsTable
        caption="The newest usage events"
        events={rows}
        hrefOf={(open) => props.hrefWith({ open })}
        newSince={since}
      />
      <div className={classes.foot}>
        <DataThrough silentSince={silentSince} />
        {silentSince === null && "Listening: new events show up by themselves."}
      </div>
    </>
  );
}

function useEvents({ view, organizationId }: Props, pollMs?: number) {
  const variables = {
    organizationId: organizationId ?? null,
    first: view.size,
    after: view.after,
    filter: filterOf(view),
  };
  return useRegionQuery(UsageEventsPanelDocument, variables, { pollMs });
}

function Nothing({ view, setView, empty }: Props) {
  const chips = chipsOf(view, setView);
  if (chips.length === 0) {
    return (
      <EmptyState title={view.live ? "Listening" : "No events yet"} action={empty}>
        The first event shows up here {view.live ? "by itself, within two seconds." : "within a second of its arrival."}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No event matches"
      action={
        <Button variant="default" mt="xs" onClick={() => setView(NO_FILTER)}>
          Clear the filters
        </Button>
      }
    >
      {chips.map(({ label }) => label).join(", ")}
    </EmptyState>
  );
}
