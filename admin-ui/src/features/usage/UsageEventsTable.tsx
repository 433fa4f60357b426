import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Anchor, Text } from "@mantine/core";
import { Link, useLocation } from "react-router";
import { UsageEventsTable_EventFragmentDoc, type UsageEventsTable_EventFragment } from "../../gql/documents";
import type { MoneyValue } from "../../lib/money";
import { Money, Quantity } from "../../ui/Figures";
import { Instant } from "../../ui/Instant";
import { Status } from "../../ui/Status";
import { Cell, Row, Table } from "../../ui/Table";
import { ACTIONS, RATINGS } from "./words";

const COLUMNS = [
  { key: "key", label: "Event" },
  { key: "recorded", label: "Received", phone: "bare" },
  { key: "occurred", label: "Occurred", phone: "none" },
  { key: "action", label: "Action", phone: "bare" },
  { key: "model", label: "Model", phone: "none" },
  { key: "quantity", label: "Quantity", numeric: true, phone: "none" },
  { key: "rating", label: "Rated as", phone: "bare" },
  { key: "amount", label: "Amount", numeric: true, phone: "first" },
] as const;

const NARROW = COLUMNS.filter(({ key }) => !["recorded", "model", "quantity"].includes(key));

type EventRef = { readonly id: string } & FragmentType<UsageEventsTable_EventFragment>;

type Props = {
  readonly caption: string;
  readonly events: readonly EventRef[];
  readonly hrefOf: (id: string) => string;
  readonly isStale?: boolean;
  /** In a narrow place: what the event itself tells is left out. */
  readonly narrow?: boolean;
  /** The amounts to show, by event, where only a part of each is meant. */
  readonly amounts?: ReadonlyMap<string, MoneyValue>;
  /** Events that came after this moment stand out. */
  readonly newSince?: number | null;
};

/** Usage events, each with how it was rated and its exact amount. The first column opens it. */
export function UsageEventsTable({
  caption,
  events,
  hrefOf,
  isStale = false,
  narrow = false,
  amounts,
  newSince = null,
}: Props) {
  return (
    <Table caption={caption} columns={narrow ? NARROW : COLUMNS} isStale={isStale}>
      {events.map((event) => (
        <EventRow
          key={event.id}
          event={event}
          href={hrefOf(event.id)}
          newSince={newSince}
          amount={amounts?.get(event.id)}
        />
      ))}
    </Table>
  );
}

type RowProps = {
  readonly event: EventRef;
  readonly href: string;
  readonly newSince: number | null;
  readonly amount: MoneyValue | undefined;
};

function EventRow({ event: from, href, newSince, amount }: RowProps) {
  const { data: event, complete } = useFragment({ fragment: UsageEventsTable_EventFragmentDoc, from });
  // The pager's place lies in the history entry; opening a drawer must not lose it.
  const state: unknown = useLocation().state;
  if (!complete) return null;
  const { label, tone, meaning } = RATINGS[event.rating];
  const isNew = newSince !== null && Date.parse(event.recordedAt) > newSince;
  return (
    <Row marked={isNew} faded={event.rating === "VOIDED"}>
      <Cell column="key" head>
        <Anchor component={Link} to={href} state={state} preventScrollReset fz="sm" fw={600}>
          {event.idempotencyKey}
        </Anchor>
      </Cell>
      <Cell column="recorded">
        <Instant at={event.recordedAt} as="relative" />
      </Cell>
      <Cell column="occurred">
        <Instant at={event.occurredAt} as="exact" />
      </Cell>
      <Cell column="action">
        {ACTIONS[event.action]}
        {event.complexity && ` ${event.complexity}`}
      </Cell>
      <Cell column="model">{event.model}</Cell>
      <Cell column="quantity">
        <Quantity value={event.quantity} />
      </Cell>
      <Cell column="rating">
        <Status tone={tone} title={meaning}>
          {label}
        </Status>
        {event.late && (
          <Text span size="xs" c="dimmed">
            {" "}
            late
          </Text>
        )}
      </Cell>
      <Cell column="amount">
        <Money value={amount ?? event.amount} as="exact" />
      </Cell>
    </Row>
  );
}
