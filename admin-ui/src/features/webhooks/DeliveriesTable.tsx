import { Anchor, Button, Text } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { Link, useLocation } from "react-router";
import {
  type WebhookDeliveryFragment,
  WebhookDeliveriesDocument,
  type WebhookEndpointFragment,
} from "../../gql/documents";
import { plural } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { DataThrough } from "../../ui/DataThrough";
import { EmptyState } from "../../ui/EmptyState";
import { Instant } from "../../ui/Instant";
import { Pager } from "../../ui/Pager";
import { Region } from "../../ui/Region";
import { CardSkeleton } from "../../ui/Skeletons";
import { Status } from "../../ui/Status";
import { Cell, Row, Table } from "../../ui/Table";
import { UrlDrawer } from "../../ui/UrlDrawer";
import type { DeliveriesView } from "./deliveries-view";
import { DeliveryDetail } from "./DeliveryDetail";
import { DELIVERY_STATES } from "./webhook-words";

const COLUMNS = [
  { key: "type", label: "Event" },
  { key: "sent", label: "Published", phone: "bare" },
  { key: "code", label: "Last answer", phone: "bare" },
  { key: "ms", label: "Took", numeric: true, phone: "bare" },
  { key: "attempts", label: "Tries", numeric: true },
  { key: "next", label: "Next try" },
  { key: "state", label: "State", phone: "first" },
] as const;

type Props = DeliveriesView & {
  readonly organizationId?: string | undefined;
  readonly endpoint: Pick<WebhookEndpointFragment, "id" | "disabledAt">;
};

/** What was sent to an endpoint; the event opens the message with its bodies. */
export function DeliveriesTable({ organizationId, endpoint, view, setView, hrefWith }: Props) {
  const isOff = endpoint.disabledAt !== null;
  const { data, isStale, silentSince } = useRegionQuery(
    WebhookDeliveriesDocument,
    {
      organizationId: organizationId ?? null,
      first: view.size,
      after: view.after,
      endpointId: endpoint.id,
      state: view.state,
      type: view.type,
    },
    { pollMs: 5_000 },
  );
  const { nodes, pageInfo } = data.organization.webhookDeliveries;
  return (
    <>
      {nodes.length === 0 ? (
        <Nothing
          isFiltered={view.state !== null || view.type !== null}
          isOff={isOff}
          onClear={() => setView({ state: null, type: null })}
        />
      ) : (
        <>
          <Table caption="Messages" columns={COLUMNS} isStale={isStale}>
            {nodes.map((delivery) => (
              <DeliveryRow
                key={delivery.id}
                delivery={delivery}
                href={hrefWith({ open: delivery.id })}
                isOpen={delivery.id === view.open}
              />
            ))}
          </Table>
          <DataThrough silentSince={silentSince} />
          <Pager
            pageInfo={pageInfo}
            after={view.after}
            size={view.size}
            count={plural(nodes.length, "message")}
            onPage={(after, state) => setView({ after }, { state })}
            onSize={(size) => setView({ size })}
          />
        </>
      )}
      <UrlDrawer open={view.open} onClose={() => setView({ open: null })} title="Message" wide>
        {(id) => (
          <Region key={id} name="The message" skeleton={<CardSkeleton height={320} />}>
            <DeliveryDetail organizationId={organizationId} id={id} isOff={isOff} />
          </Region>
        )}
      </UrlDrawer>
    </>
  );
}

function Nothing({ isFiltered, isOff, onClear }: { isFiltered: boolean; isOff: boolean; onClear: () => void }) {
  if (isFiltered) {
    return (
      <EmptyState
        title="No message fits the filters"
        icon={IconSend}
        action={
          <Button variant="default" onClick={onClear}>
            Show all messages
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState title="Nothing was sent yet" icon={IconSend}>
      {isOff
        ? "The endpoint is off: nothing is sent to it."
        : "The first message comes with the first event. Send a test to see whether it arrives."}
    </EmptyState>
  );
}

function DeliveryRow({ delivery, href, isOpen }: { delivery: WebhookDeliveryFragment; href: string; isOpen: boolean }) {
  // The pager's place lies in the history entry; opening a drawer must not lose it.
  const state: unknown = useLocation().state;
  const { label, tone, means } = DELIVERY_STATES[delivery.state];
  const last = delivery.lastAttempt;
  return (
    <Row marked={isOpen}>
      <Cell column="type" head>
        <Anchor component={Link} to={href} state={state} preventScrollReset fz="sm" fw={600}>
          {delivery.type}
        </Anchor>
      </Cell>
      <Cell column="sent">
        <Instant at={delivery.createdAt} as="relative" real />
      </Cell>
      <Cell column="code">
        {last === null ? (
          "-"
        ) : (
          <Text span fz="sm" title={last.error ?? undefined}>
            {last.status ?? "None"}
          </Text>
        )}
      </Cell>
      <Cell column="ms">{last === null ? "-" : `${last.durationMs} ms`}</Cell>
      <Cell column="attempts">{delivery.attemptCount}</Cell>
      <Cell column="next">
        {delivery.nextTryAt === null ? "-" : <Instant at={delivery.nextTryAt} as="instant" real />}
      </Cell>
      <Cell column="state">
        <Status tone={tone} title={means}>
          {label}
        </Status>
      </Cell>
    </Row>
  );
}
