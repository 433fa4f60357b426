import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  InvoiceLine_LineFragmentDoc,
  type InvoiceLine_LineFragment,
  InvoiceLineEventsDocument,
  type UsageEventsTable_EventFragment,
} from "../../gql/documents";
import type { MoneyValue } from "../../lib/money";
import { plural } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import type { UrlState } from "../../lib/url-state";
import { Notice } from "../../ui/Notice";
import { Pager } from "../../ui/Pager";
import type { INVOICE_URL } from "./invoices-view";
import { LineParts } from "./LineParts";
import { roundingWords, usedWords } from "./line-words";

/** Shows usage events; handed in by the page, since events are another feature's. */
export type EventsSlot = (
  events: readonly ({ readonly id: string } & FragmentType<UsageEventsTable_EventFragment>)[],
  /** What each event adds to the line: an event may feed several meters. */
  amounts: ReadonlyMap<string, MoneyValue>,
  isStale: boolean,
) => ReactNode;

type Props = Pick<UrlState<typeof INVOICE_URL>, "view" | "setView"> & {
  readonly line: FragmentType<InvoiceLine_LineFragment> | undefined;
  readonly lineId: string;
  readonly invoiceId: string;
  readonly renderEvents: EventsSlot;
};

/** How one line came about, and its events page by page. */
export function InvoiceLineView({ line, lineId, invoiceId, view, setView, renderEvents }: Props) {
  const { data, isStale } = useRegionQuery(InvoiceLineEventsDocument, {
    id: invoiceId,
    first: view.size,
    after: view.after,
  });
  if (!line) return <Notice tone="info">There is no such line on this invoice.</Notice>;
  const own = data.invoice.lines.find(({ id }) => id === lineId);
  const events = own?.usageEvents;
  return (
    <Stack gap="md">
      <LineHead line={line} />
      {!events || events.nodes.length === 0 ? (
        <Notice tone="info">
          {own?.meter === "storage"
            ? "Storage is an average of the level over the period. It is rated as the period closes, not event by event."
            : "No event stands behind this line."}
        </Notice>
      ) : (
        <div>
          {renderEvents(events.nodes, amountsOf(events.nodes, own.meter), isStale)}
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

function LineHead({ line: from }: { line: FragmentType<InvoiceLine_LineFragment> }) {
  const { data: line, complete } = useFragment({ fragment: InvoiceLine_LineFragmentDoc, from });
  if (!complete) return null;
  return (
    <Stack gap="sm">
      <div>
        <Title order={2}>{line.description}</Title>
        {line.explanation && <Text>{usedWords(line.explanation)}.</Text>}
        <Text c="dimmed">{sentence(roundingWords(line))}</Text>
      </div>
      {line.explanation && line.explanation.parts.length > 0 && (
        <LineParts parts={line.explanation.parts} unit={line.explanation.unit} amount={line.explanation.amount} />
      )}
    </Stack>
  );
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

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
