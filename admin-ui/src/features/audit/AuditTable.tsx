import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Anchor, Badge, Text } from "@mantine/core";
import { Link, useLocation } from "react-router";
import { AuditRow_EntryFragmentDoc, type AuditRow_EntryFragment } from "../../gql/documents";
import { Instant } from "../../ui/Instant";
import { Cell, type Column, Row, Table } from "../../ui/Table";
import { organizationUrl } from "../organizations/urls";
import { actionWords, targetWords } from "./audit-words";

const COLUMNS: readonly Column[] = [
  { key: "action", label: "What" },
  { key: "target", label: "To what", phone: "bare" },
  { key: "actor", label: "Who", phone: "bare" },
  { key: "at", label: "When", phone: "first" },
];
const WITH_ORGANIZATION: readonly Column[] = [
  ...COLUMNS.slice(0, 3),
  { key: "organization", label: "Organization", phone: "bare" },
  ...COLUMNS.slice(3),
];

type EntryRef = { readonly id: string } & FragmentType<AuditRow_EntryFragment>;

type Props = {
  readonly entries: readonly EntryRef[];
  readonly hrefOf: (id: string) => string;
  readonly isStale: boolean;
  /** Over all organizations: whose each entry is. */
  readonly withOrganization?: boolean;
};

/** Who did what to which, when; the first column opens the entry. */
export function AuditTable({ entries, hrefOf, isStale, withOrganization = false }: Props) {
  return (
    <Table caption="Audit log" columns={withOrganization ? WITH_ORGANIZATION : COLUMNS} isStale={isStale}>
      {entries.map((entry) => (
        <AuditRow key={entry.id} entry={entry} href={hrefOf(entry.id)} />
      ))}
    </Table>
  );
}

function AuditRow({ entry: from, href }: { entry: EntryRef; href: string }) {
  const { data: entry, complete } = useFragment({ fragment: AuditRow_EntryFragmentDoc, from });
  // The pager's place lies in the history entry; opening a drawer must not lose it.
  const state: unknown = useLocation().state;
  if (!complete) return null;
  return (
    <Row>
      <Cell column="action" head>
        <Anchor component={Link} to={href} state={state} preventScrollReset fz="sm" fw={600}>
          {actionWords(entry.action)}
        </Anchor>
      </Cell>
      <Cell column="target">{entry.target !== null && entry.target !== entry.actor && targetWords(entry.target)}</Cell>
      <Cell column="actor">
        {entry.actor} {entry.staff && <StaffMark />}
      </Cell>
      <Cell column="organization">
        {entry.organization ? (
          <Anchor component={Link} to={organizationUrl(entry.organization.id)} fz="sm">
            {entry.organization.name}
          </Anchor>
        ) : (
          <Text span size="sm" c="dimmed">
            The platform
          </Text>
        )}
      </Cell>
      <Cell column="at">
        <Instant at={entry.at} as="relative" />
      </Cell>
    </Row>
  );
}

/** Marks what QLP's own people did. */
export function StaffMark() {
  return (
    <Badge size="sm" variant="light" tt="none">
      QLP staff
    </Badge>
  );
}
