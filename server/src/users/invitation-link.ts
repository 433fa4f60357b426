import { linkToken, readLinkToken } from "../platform/crypto/link-token.ts";
import type { Config } from "../platform/config.ts";
import type { Viewer } from "../platform/viewer.ts";
import type { Invitation } from "./invitation.entity.ts";
import { isMemberRole, mayGive } from "./role.ts";

const PURPOSE = "invitation";

/** What the invited person opens. The same each time, so that it can be shown again. */
export const invitationLink = (
  config: Config,
  { organizationId, id }: Pick<Invitation, "organizationId" | "id">,
): string => `${config.publicUrl}/invitations/${linkToken(config, PURPOSE, [organizationId, id])}`;

/**
 * The link as a viewer may see it. Whoever opens it becomes the invited member, so it is whole only for
 * those of the organization who may give the role; others, and staff, see where it leads.
 */
export function visibleLink(config: Config, invitation: Invitation, viewer: Viewer | null): string {
  const own = viewer?.role != null && isMemberRole(viewer.role) ? viewer.role : null;
  const invites = viewer?.organizationId === invitation.organizationId && viewer.permissions.has("members:write");
  return invites && mayGive(own, invitation.role)
    ? invitationLink(config, invitation)
    : `${config.publicUrl}/invitations/…`;
}

/** The key of the invitation that a token stands for; null when it is none of our tokens. */
export function readInvitationToken(config: Config, token: string): Pick<Invitation, "organizationId" | "id"> | null {
  const [organizationId, id] = readLinkToken(config, PURPOSE, token) ?? [];
  return organizationId === undefined || id === undefined ? null : { organizationId, id };
}

/** Whether the link still lets somebody in. Real time, whatever the sandbox clock says. */
export const isOpen = ({ acceptedAt, revokedAt, expiresAt }: Invitation, now: Date): boolean =>
  acceptedAt == null && revokedAt == null && now < expiresAt;
