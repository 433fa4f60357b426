import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Text } from "@mantine/core";
import { useState } from "react";
import { MemberRow_UserFragmentDoc, type MemberRow_UserFragment, MembersPanelDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { plural } from "../../lib/quantity";
import { ROLES } from "../../lib/roles";
import { maybeText, pageSize, useUrlState } from "../../lib/url-state";
import { useViewer } from "../../lib/viewer";
import { Card } from "../../ui/Card";
import { Instant } from "../../ui/Instant";
import { Pager } from "../../ui/Pager";
import { RowMenu } from "../../ui/RowMenu";
import { Cell, Row, Table } from "../../ui/Table";
import { ChangeRoleDialog } from "./ChangeRoleDialog";
import { RemoveMemberDialog } from "./RemoveMemberDialog";

const COLUMNS = [
  { key: "email", label: "Member" },
  { key: "role", label: "Role" },
  { key: "seen", label: "Last seen" },
  { key: "joined", label: "Joined" },
];
const WITH_ACTS = [...COLUMNS, { key: "acts", label: "Actions", quiet: true }];

const URL_SPEC = { after: maybeText(), size: pageSize() };

type Member = Pick<MemberRow_UserFragment, "id" | "email" | "role">;
export type Act = { readonly kind: "role" | "remove"; readonly member: Member };

/** Who belongs to the organization. Staff look, they change nothing. */
export function MembersPanel({ organizationId }: { readonly organizationId?: string | undefined }) {
  const { view, setView } = useUrlState(URL_SPEC);
  const variables = { organizationId: organizationId ?? null, first: view.size, after: view.after };
  const { data, isStale } = useRegionQuery(MembersPanelDocument, variables);
  const [act, setAct] = useState<Act | null>(null);
  const { nodes, pageInfo } = data.organization.members;
  const isOwn = organizationId === undefined;

  return (
    <Card title="Members" flush>
      <Table caption="Members" columns={isOwn ? WITH_ACTS : COLUMNS} isStale={isStale}>
        {nodes.map((member) => (
          <MemberRow key={member.id} member={member} onAct={setAct} />
        ))}
      </Table>
      {(view.after !== null || pageInfo.hasNextPage) && (
        <Pager
          pageInfo={pageInfo}
          after={view.after}
          size={view.size}
          count={plural(nodes.length, "member")}
          onPage={(after, state) => setView({ after }, { state })}
          onSize={(size) => setView({ size })}
        />
      )}
      <ChangeRoleDialog member={act?.kind === "role" ? act.member : null} onClose={() => setAct(null)} />
      <RemoveMemberDialog member={act?.kind === "remove" ? act.member : null} onClose={() => setAct(null)} />
    </Card>
  );
}

type RowProps = { readonly member: FragmentType<MemberRow_UserFragment>; readonly onAct: (act: Act) => void };

function MemberRow({ member: from, onAct }: RowProps) {
  const viewer = useViewer();
  const { data: member, complete } = useFragment({ fragment: MemberRow_UserFragmentDoc, from });
  if (!complete) return null;
  const { id, email, role } = member;
  return (
    <Row>
      <Cell column="email" head>
        {email}
        {id === viewer.id && (
          <Text span size="sm" c="dimmed">
            {" "}
            (you)
          </Text>
        )}
      </Cell>
      <Cell column="role">{ROLES[role].label}</Cell>
      <Cell column="seen">{member.lastSeenAt ? <Instant at={member.lastSeenAt} as="relative" real /> : "Never"}</Cell>
      <Cell column="joined">
        <Instant at={member.createdAt} as="day" />
      </Cell>
      <Cell column="acts">
        <RowMenu
          label={`Actions for ${email}`}
          permission="members:write"
          items={[
            { label: "Change role", onClick: () => onAct({ kind: "role", member }) },
            { label: "Remove", onClick: () => onAct({ kind: "remove", member }), dangerous: true },
          ]}
        />
      </Cell>
    </Row>
  );
}
