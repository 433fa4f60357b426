import { LockMode } from "@mikro-orm/postgresql";
import { recordAudit } from "../audit/record-audit.ts";
import { systemClock } from "../kernel/clock.ts";
import { hashSecret } from "../platform/crypto/secret.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { postMail } from "../platform/mail/post-mail.ts";
import { asPlatform } from "../platform/scope.ts";
import { Member } from "../users/member.entity.ts";
import { User } from "../users/user.entity.ts";
import { endSessionsOf } from "./end-session.ts";
import { type Answerable, openSession, type SessionGranted } from "./open-session.ts";
import { passwordChangedMail } from "./password-mails.ts";
import { PasswordReset } from "./password.entity.ts";
import { LinkExpired } from "./password.refusals.ts";
import { checkPassword } from "./password.ts";
import { setPassword } from "./set-password.ts";
import { countAttempt, forgetAttempts } from "./throttle.ts";

export type ResetPassword = { readonly token: string; readonly newPassword: string };

/**
 * Sets a new password by a mailed link, ends all sessions of the user, and logs them in.
 *
 * @throws WeakPassword, and the link stays good; LinkExpired when it was used, is too old or unknown
 */
export async function resetPassword(scope: Answerable, input: ResetPassword): Promise<SessionGranted> {
  const tokenHash = hashSecret(input.token);
  const attempt = await countAttempt(scope, "link", tokenHash);
  const now = systemClock();

  const user = await asPlatform(scope).em.transactional(async (em) => {
    // Locked, so that of two who open the link at once one comes too late.
    const reset = await em.findOne(
      PasswordReset,
      { tokenHash, usedAt: null, expiresAt: { $gt: now } },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    const found = reset && (await em.findOne(User, { id: reset.userId }));
    if (!found) throw new LinkExpired();
    checkPassword(input.newPassword, found.email);

    await setPassword(em, found.id, input.newPassword);
    await sqlIn(em)("update password_resets set used_at = $2 where user_id = $1 and used_at is null", [found.id, now]);
    await endSessionsOf(em, found.id);
    await postMail(em, passwordChangedMail(found.email), scope.clock());
    const member = await em.findOne(Member, { userId: found.id });
    await recordAudit(em, scope, {
      action: "password.reset",
      target: found.email,
      organizationId: member?.organizationId ?? null,
      actor: { kind: "user", id: found.id, label: found.email, staff: found.staffRole != null },
    });
    return found;
  });

  await attempt.succeeded();
  await forgetAttempts(scope, "logIn", user.email);
  return openSession(scope, user);
}
