import type { FragmentType } from "@apollo/client";
import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { UpcomingInvoiceLineDocument, type UsageEventsTable_EventFragment } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import type { MoneyValue } from "../../lib/money";
import { plural } from "../../lib/quantity";
import type { UrlState } from "../../lib/url-state";
import { Money } from "../../ui/Figures";
import { Notice } from "../../ui/Notice";
import { Pager } from "../../ui/Pager";
import type { Preview, UPCOMING_URL } from "./upcoming-view";

/** Shows usage events; handed in by the page, since events are another feature's. */
export type EventsSlot = (
  events: readonly ({ readonly id: string } & FragmentType<UsageEventsTable_EventFragment>)[],
  /** What each event adds to the line: an event may feed several meters. */
  amounts: ReadonlyMap<string, MoneyValue>,
  isStale: boolean,
) => ReactNode;

type Props = Pick<UrlState<typeof UPCOMING_URL>, "view" | "setView"> & {
  readonly line: Preview["lines"][number] | undefined;
  readonly organizationId: string | undefined;
  readonly renderEvents: EventsSlot;
};

/** The events that a line sums up, page by page. */
export function LineEvents({ line, organizationId, view, setView, renderEvents }: Props) {
  const { data, isStale } = useRegionQuery(UpcomingInvoiceLineDocument, {
    organizationId: organizationId ?? null,
    first: view.size,
    after: view.after,
  });
  if (!line) return <Notice tone="info">This line is no longer on the upcoming invoice.</Notice>;
  const events = data.organization.upcomingInvoice?.lines.find(({ id }) => id === line.id)?.usageEvents;
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>{line.description}</Title>
        <Text c="dimmed">
          Exact <Money value={line.exactAmount} as="exact" />, rounded once to <Money value={line.amount} />.
        </Text>
      </div>
      {!events || events.nodes.length === 0 ? (
        <Notice tone="info">
          {line.estimated
            ? "A level that stands over time: it is rated when the period closes, not event by event."
            : "No event stands behind this line."}
        </Notice>
      ) : (
        <div>
          {renderEvents(events.nodes, amountsOf(events.nodes, line.meter), isStale)}
          <Pager
            pageInfo={events.pageInfo}
            after={view.after}
            size={view.size}
            count={plural(events.nodes.length, "event")}
            onPage={(after, state) => setView({ after }, { state })}
            onSize={(size) => setView({ size })}
          />
        </div>
      )}
    </Stack>
  );
}

type Rated = {
  readonly id: string;
  readonly ratings: readonly { readonly meter: string; readonly amount: MoneyValue }[];
};

const amountsOf = (events: readonly Rated[], meter: string | null): ReadonlyMap<string, MoneyValue> =>
  new Map(
    events.flatMap(({ id, ratings }) => {
      const rating = ratings.find((each) => each.meter === meter);
      return rating ? [[id, rating.amount] as const] : [];
    }),
  );
