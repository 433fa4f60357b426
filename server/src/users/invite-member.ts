import { recordAudit } from "../audit/record-audit.ts";
import { DAY_MS, systemClock } from "../kernel/clock.ts";
import { Organization } from "../organizations/organization.entity.ts";
import { EdgeFault } from "../platform/graphql/errors.ts";
import { newId } from "../platform/id.ts";
import { postMail } from "../platform/mail/post-mail.ts";
import { asPlatform, tenantOf, type Scope } from "../platform/scope.ts";
import { readEmail } from "./email.ts";
import { invitationLink } from "./invitation-link.ts";
import { Invitation } from "./invitation.entity.ts";
import { lockMembers } from "./lock-members.ts";
import { isMemberRole, mayGive, type UserRole } from "./role.ts";
import { User } from "./user.entity.ts";
import { EmailTaken, RoleNotAllowed } from "./user.refusals.ts";

export type InviteMember = { readonly email: string; readonly role: UserRole };

const VALID_MS = 7 * DAY_MS;
export const MAX_OPEN_INVITATIONS = 100;

/**
 * Invites a person into the scope's organization, by a link that is valid for seven days and mailed
 * to them. A link they were sent before stops working.
 *
 * @throws EmailTaken when they have a log-in already, here or elsewhere; RoleNotAllowed when the role
 * is above the asker's own
 */
export async function inviteMember(scope: Scope, input: InviteMember): Promise<Invitation> {
  const { platform, viewer } = scope;
  const { role } = input;
  const email = readEmail(input.email);
  if ((await asPlatform(scope).em.count(User, { email })) > 0) throw new EmailTaken(email);

  return scope.em.transactional(async (em) => {
    const { organizationId, own } = await lockMembers(em, scope, tenantOf(scope));
    if (!isMemberRole(role) || !mayGive(own, role))
      throw new RoleNotAllowed(`You cannot invite as ${role}: it is above your own role.`);
    const createdAt = systemClock();
    const open = await em.find(Invitation, {
      organizationId,
      acceptedAt: null,
      revokedAt: null,
      expiresAt: { $gt: createdAt },
    });
    for (const earlier of open.filter((invitation) => invitation.email === email)) earlier.revokedAt = createdAt;
    if (open.length >= MAX_OPEN_INVITATIONS)
      throw new EdgeFault("CONFLICT", `${open.length} invitations are open. Revoke some first.`);

    const expiresAt = new Date(createdAt.getTime() + VALID_MS);
    const invitedBy = viewer?.label ?? "QLP";
    const invitation = em.create(Invitation, {
      organizationId,
      id: newId(),
      email,
      role,
      invitedBy,
      createdAt,
      expiresAt,
    });
    await em.persist(invitation).flush();

    const { name } = await em.findOneOrFail(Organization, { id: organizationId });
    await postMail(
      em,
      { to: email, ...invitationMail(name, invitation, invitationLink(platform.config, invitation)) },
      scope.clock(),
    );
    await recordAudit(em, scope, { action: "member.invited", target: email, detail: { role } });
    return invitation;
  });
}

const invitationMail = (organization: string, { invitedBy, role, expiresAt }: Invitation, link: string) => ({
  subject: `Join ${organization} on QLP`,
  text: `${invitedBy} invites you to join ${organization} on QLP as ${role}.

Choose a password here:
${link}

The link works once, until ${expiresAt.toUTCString()}. If you did not expect it, ignore this mail.
`,
});
