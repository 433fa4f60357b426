import { useState } from "react";
import { InvitationsPanelDocument, type InvitationsPanelQuery, RevokeInvitationDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { useRegionQuery } from "../../lib/query";
import { ROLES } from "../../lib/roles";
import { Card } from "../../ui/Card";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { CopyText } from "../../ui/CopyText";
import { EmptyState } from "../../ui/EmptyState";
import { Instant } from "../../ui/Instant";
import { RowMenu } from "../../ui/RowMenu";
import { Cell, Row, Table } from "../../ui/Table";
import { toastDone } from "../../ui/toasts";
import { useLast } from "../../ui/use-last";

type Invitation = InvitationsPanelQuery["organization"]["invitations"][number];

const COLUMNS = [
  { key: "email", label: "Invited" },
  { key: "role", label: "Role" },
  { key: "by", label: "By" },
  { key: "expires", label: "Works until" },
  { key: "link", label: "Link" },
];
const WITH_ACTS = [...COLUMNS, { key: "acts", label: "Actions", quiet: true }];

/** Invitations that nobody has used yet. */
export function InvitationsPanel({ organizationId }: { readonly organizationId?: string | undefined }) {
  const { data } = useRegionQuery(InvitationsPanelDocument, { organizationId: organizationId ?? null });
  const [revoked, setRevoked] = useState<Invitation | null>(null);
  const { invitations } = data.organization;
  const isOwn = organizationId === undefined;

  return (
    <Card title="Pending invitations" flush>
      {invitations.length === 0 ? (
        <EmptyState title="No invitation is open">
          {isOwn ? "Invite a colleague; the link can be copied and works once." : null}
        </EmptyState>
      ) : (
        <Table caption="Pending invitations" columns={isOwn ? WITH_ACTS : COLUMNS}>
          {invitations.map((invitation) => (
            <Row key={invitation.id}>
              <Cell column="email" head>
                {invitation.email}
              </Cell>
              <Cell column="role">{ROLES[invitation.role].label}</Cell>
              <Cell column="by">{invitation.invitedBy}</Cell>
              <Cell column="expires">
                <Instant at={invitation.expiresAt} />
              </Cell>
              <Cell column="link">
                <Link invitation={invitation} />
              </Cell>
              <Cell column="acts">
                <RowMenu
                  label={`Actions for the invitation of ${invitation.email}`}
                  permission="members:write"
                  items={[{ label: "Take back", onClick: () => setRevoked(invitation), dangerous: true }]}
                />
              </Cell>
            </Row>
          ))}
        </Table>
      )}
      <RevokeDialog invitation={revoked} onClose={() => setRevoked(null)} />
    </Card>
  );
}

/** Whose role may not give this one does not get the whole link. */
function Link({ invitation: { email, link } }: { invitation: Invitation }) {
  if (link.endsWith("…")) return "Not yours to give";
  return (
    <CopyText value={link} label={`Copy the link of ${email}`}>
      {`…${link.slice(-8)}`}
    </CopyText>
  );
}

function RevokeDialog({ invitation, onClose }: { invitation: Invitation | null; onClose: () => void }) {
  const shown = useLast(invitation);
  const { run, isRunning, fault } = useAct(RevokeInvitationDocument, { refetch: ["InvitationsPanel"] });
  if (!shown) return null;
  const revoke = async () => {
    if (!(await run({ input: { id: shown.id } }))) return;
    onClose();
    toastDone(`The invitation of ${shown.email} was taken back.`);
  };
  return (
    <ConfirmDialog
      opened={invitation !== null}
      onClose={onClose}
      title={`Take back the invitation of ${shown.email}`}
      verb="Take back"
      onConfirm={() => void revoke()}
      isRunning={isRunning}
      fault={fault}
    >
      The link stops working at once. You can invite {shown.email} again.
    </ConfirmDialog>
  );
}
