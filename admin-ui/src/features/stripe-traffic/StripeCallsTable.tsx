import { Anchor } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { Link, useLocation } from "react-router";
import { StripeCallsDocument } from "../../gql/documents";
import { plural } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { DataThrough } from "../../ui/DataThrough";
import { NoMatch } from "../../ui/EmptyList";
import { EmptyState } from "../../ui/EmptyState";
import { Instant } from "../../ui/Instant";
import { Pager } from "../../ui/Pager";
import { Status } from "../../ui/Status";
import { Cell, Row, Table } from "../../ui/Table";
import { UrlDrawer } from "../../ui/UrlDrawer";
import { organizationUrl } from "../organizations/urls";
import { StripeCallDetail } from "./StripeCallDetail";
import type { Call, CallsView } from "./traffic-view";
import { CALL_STATES } from "./traffic-words";

const COLUMNS = [
  { key: "kind", label: "Call" },
  { key: "organization", label: "Organization", phone: "bare" },
  { key: "created", label: "Decided", phone: "bare" },
  { key: "attempts", label: "Tries", numeric: true, phone: "none" },
  { key: "state", label: "State", phone: "first" },
] as const;

/** A page of the outbox; the kind opens the call. */
export function StripeCallsTable({ view, setView, hrefWith }: CallsView) {
  const { data, isStale, silentSince } = useRegionQuery(
    StripeCallsDocument,
    { first: view.size, after: view.after, state: view.state, kind: view.kind === "" ? null : view.kind },
    { pollMs: 10_000 },
  );
  const { nodes, pageInfo } = data.stripeCalls;
  const isFiltered = view.state !== null || view.kind !== "";
  if (nodes.length === 0) {
    return isFiltered ? (
      <NoMatch title="No call matches" icon={IconSend} onClear={() => setView({ state: null, kind: "" })} />
    ) : (
      <EmptyState title="Nothing was asked of Stripe yet" icon={IconSend} />
    );
  }
  return (
    <>
      <Table caption="Calls to Stripe" columns={COLUMNS} isStale={isStale}>
        {nodes.map((call) => (
          <CallRow key={call.id} call={call} href={hrefWith({ open: call.id })} isOpen={call.id === view.open} />
        ))}
      </Table>
      <DataThrough silentSince={silentSince} />
      <Pager
        pageInfo={pageInfo}
        after={view.after}
        size={view.size}
        count={plural(nodes.length, "call")}
        onPage={(after, state) => setView({ after }, { state })}
        onSize={(size) => setView({ size })}
      />
      <UrlDrawer open={view.open} onClose={() => setView({ open: null })} title="Call to Stripe" wide>
        {(open) => <StripeCallDetail call={nodes.find(({ id }) => id === open)} />}
      </UrlDrawer>
    </>
  );
}

function CallRow({ call, href, isOpen }: { call: Call; href: string; isOpen: boolean }) {
  // The pager's place lies in the history entry; opening a drawer must not lose it.
  const state: unknown = useLocation().state;
  const { label, tone, means } = CALL_STATES[call.state];
  return (
    <Row marked={isOpen}>
      <Cell column="kind" head>
        <Anchor component={Link} to={href} state={state} preventScrollReset fz="sm" fw={600}>
          {call.kind}
        </Anchor>
      </Cell>
      <Cell column="organization">
        <Anchor component={Link} to={organizationUrl(call.organization.id)} fz="sm">
          {call.organization.name}
        </Anchor>
      </Cell>
      <Cell column="created">
        <Instant at={call.createdAt} as="relative" real />
      </Cell>
      <Cell column="attempts">{call.attempts}</Cell>
      <Cell column="state">
        <Status tone={tone} title={call.lastError ?? means}>
          {label}
        </Status>
      </Cell>
    </Row>
  );
}
