import { LockMode } from "@mikro-orm/postgresql";
import { recordAudit } from "../audit/record-audit.ts";
import { systemClock } from "../kernel/clock.ts";
import { hashSecret } from "../platform/crypto/secret.ts";
import { asPlatform } from "../platform/scope.ts";
import { createUser } from "../users/create-user.ts";
import { isOpen, readInvitationToken } from "../users/invitation-link.ts";
import { Invitation } from "../users/invitation.entity.ts";
import { Member } from "../users/member.entity.ts";
import { type Answerable, openSession, type SessionGranted } from "./open-session.ts";
import { LinkExpired } from "./password.refusals.ts";
import { checkPassword } from "./password.ts";
import { setPassword } from "./set-password.ts";
import { countAttempt } from "./throttle.ts";

export type AcceptInvitation = { readonly token: string; readonly password: string };

/**
 * Makes the invited person a member of the organization, with the role of the invitation, and logs them in.
 *
 * @throws LinkExpired when it was used, revoked, is too old or unknown; WeakPassword, and the link stays
 * good; EmailTaken when the person got a log-in elsewhere since
 */
export async function acceptInvitation(scope: Answerable, input: AcceptInvitation): Promise<SessionGranted> {
  const attempt = await countAttempt(scope, "link", hashSecret(input.token));
  const key = readInvitationToken(scope.platform.config, input.token);
  if (!key) throw new LinkExpired("This invitation is not valid. Ask for a new one.");

  const user = await asPlatform(scope).em.transactional(async (em) => {
    // Locked, so that of two who open the link at once one comes too late.
    const invitation = await em.findOne(Invitation, key, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!invitation || !isOpen(invitation, systemClock()))
      throw new LinkExpired("This invitation was used, taken back, or has expired. Ask for a new one.");
    const { organizationId, email, role } = invitation;
    checkPassword(input.password, email);

    const joinedAt = scope.clock();
    const created = await createUser(em, { email, createdAt: joinedAt });
    em.persist(em.create(Member, { organizationId, userId: created.id, role, joinedAt }));
    invitation.acceptedAt = systemClock();
    await em.flush();
    await setPassword(em, created.id, input.password);
    await recordAudit(em, scope, {
      action: "member.joined",
      target: email,
      detail: { role, invitedBy: invitation.invitedBy },
      organizationId,
      actor: { kind: "user", id: created.id, label: email, staff: false },
    });
    return created;
  });

  await attempt.succeeded();
  return openSession(scope, user);
}
