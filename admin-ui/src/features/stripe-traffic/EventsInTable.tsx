import { Anchor, Text } from "@mantine/core";
import { Link, useLocation } from "react-router";
import { StripeEventsDocument, type StripeEventsQuery } from "../../gql/documents";
import { plural } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { DataThrough } from "../../ui/DataThrough";
import { NoMatch } from "../../ui/EmptyList";
import { EmptyState } from "../../ui/EmptyState";
import { Instant } from "../../ui/Instant";
import { Pager } from "../../ui/Pager";
import { Region } from "../../ui/Region";
import { CardSkeleton } from "../../ui/Skeletons";
import { Status } from "../../ui/Status";
import { Cell, Row, Table } from "../../ui/Table";
import { UrlDrawer } from "../../ui/UrlDrawer";
import { organizationUrl } from "../organizations/urls";
import { EventInDetail } from "./EventInDetail";
import type { EventsView } from "./traffic-view";
import { EVENT_STATES } from "./traffic-words";

const COLUMNS = [
  { key: "type", label: "Event" },
  { key: "organization", label: "Organization", phone: "bare" },
  { key: "received", label: "Received", phone: "bare" },
  { key: "attempts", label: "Tries", numeric: true, phone: "none" },
  { key: "state", label: "State", phone: "first" },
] as const;

/** A page of the inbox; the type opens the event. */
export function EventsInTable({ view, setView, hrefWith }: EventsView) {
  const { data, isStale, silentSince } = useRegionQuery(
    StripeEventsDocument,
    { first: view.size, after: view.after, state: view.state, type: view.type === "" ? null : view.type },
    { pollMs: 10_000 },
  );
  const { nodes, pageInfo } = data.stripeEvents;
  const isFiltered = view.state !== null || view.type !== "";
  return (
    <>
      {nodes.length === 0 ? (
        isFiltered ? (
          <NoMatch title="No event matches" onClear={() => setView({ state: null, type: "" })} />
        ) : (
          <EmptyState title="Stripe has told nothing yet">Events come with the first payment.</EmptyState>
        )
      ) : (
        <>
          <Table caption="Webhook events" columns={COLUMNS} isStale={isStale}>
            {nodes.map((event) => (
              <EventRow
                key={event.id}
                event={event}
                href={hrefWith({ open: event.id })}
                isOpen={event.id === view.open}
              />
            ))}
          </Table>
          <DataThrough silentSince={silentSince} />
          <Pager
            pageInfo={pageInfo}
            after={view.after}
            size={view.size}
            count={plural(nodes.length, "event")}
            onPage={(after, state) => setView({ after }, { state })}
            onSize={(size) => setView({ size })}
          />
        </>
      )}
      <UrlDrawer open={view.open} onClose={() => setView({ open: null })} title="Webhook event" wide>
        {(id) => (
          <Region name="The event" skeleton={<CardSkeleton height={320} />}>
            <EventInDetail id={id} />
          </Region>
        )}
      </UrlDrawer>
    </>
  );
}

type Event = StripeEventsQuery["stripeEvents"]["nodes"][number];

function EventRow({ event, href, isOpen }: { event: Event; href: string; isOpen: boolean }) {
  // The pager's place lies in the history entry; opening a drawer must not lose it.
  const state: unknown = useLocation().state;
  const { label, tone, means } = EVENT_STATES[event.state];
  return (
    <Row marked={isOpen}>
      <Cell column="type" head>
        <Anchor component={Link} to={href} state={state} preventScrollReset fz="sm" fw={600}>
          {event.type}
        </Anchor>
        <Text size="xs" c="dimmed" fw={400}>
          {event.objectId}
        </Text>
      </Cell>
      <Cell column="organization">
        {event.organization ? (
          <Anchor component={Link} to={organizationUrl(event.organization.id)} fz="sm">
            {event.organization.name}
          </Anchor>
        ) : (
          "-"
        )}
      </Cell>
      <Cell column="received">
        <Instant at={event.receivedAt} as="relative" real />
      </Cell>
      <Cell column="attempts">{event.attempts}</Cell>
      <Cell column="state">
        <Status tone={tone} title={event.lastError ?? means}>
          {label}
        </Status>
      </Cell>
    </Row>
  );
}
