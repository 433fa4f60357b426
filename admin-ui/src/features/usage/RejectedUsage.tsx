import { Code } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { RejectedUsageDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { plural } from "../../lib/quantity";
import type { UrlState } from "../../lib/url-state";
import { EmptyState } from "../../ui/EmptyState";
import { Instant } from "../../ui/Instant";
import { Pager } from "../../ui/Pager";
import { Status } from "../../ui/Status";
import { Cell, Row, Table } from "../../ui/Table";
import type { EVENTS_URL } from "./events-view";
import { ACTIONS } from "./words";

const COLUMNS = [
  { key: "key", label: "Idempotency key" },
  { key: "at", label: "When" },
  { key: "status", label: "Outcome" },
  { key: "reason", label: "Why" },
  { key: "action", label: "Action" },
  { key: "prefix", label: "API key" },
];

type Props = Pick<UrlState<typeof EVENTS_URL>, "view" | "setView"> & { readonly organizationId: string | undefined };

/** What was sent and refused, with the reason: the same key with other content, or a malformed event. */
export function RejectedUsage({ organizationId, view, setView }: Props) {
  const variables = { organizationId: organizationId ?? null, first: view.size, after: view.after };
  const { data, isStale } = useRegionQuery(RejectedUsageDocument, variables, { pollMs: 10_000 });
  const { nodes, pageInfo } = data.organization.rejectedUsage;
  if (nodes.length === 0) {
    return (
      <EmptyState title="Nothing was refused" icon={IconChecks}>
        In the last 30 days every attempt was recorded, or was a harmless duplicate.
      </EmptyState>
    );
  }
  return (
    <>
      <Table caption="Rejected attempts" columns={COLUMNS} isStale={isStale}>
        {nodes.map(({ id, at, idempotencyKey, status, reason, action, keyPrefix }) => (
          <Row key={id}>
            <Cell column="key" head>
              {idempotencyKey}
            </Cell>
            <Cell column="at">
              <Instant at={at} as="exact" />
            </Cell>
            <Cell column="status">
              <Status tone={status === "CONFLICT" ? "warn" : "bad"}>
                {status === "CONFLICT" ? "Conflict" : "Rejected"}
              </Status>
            </Cell>
            <Cell column="reason">{reason}</Cell>
            <Cell column="action">{action && ACTIONS[action]}</Cell>
            <Cell column="prefix">{keyPrefix && <Code>{keyPrefix}</Code>}</Cell>
          </Row>
        ))}
      </Table>
      <Pager
        pageInfo={pageInfo}
        after={view.after}
        size={view.size}
        count={plural(nodes.length, "attempt")}
        onPage={(after, state) => setView({ after }, { state })}
        onSize={(size) => setView({ size })}
      />
    </>
  );
}
