import { HOUR_MS, systemClock } from "../kernel/clock.ts";
import { hashSecret, newToken } from "../platform/crypto/secret.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { newId } from "../platform/id.ts";
import { enqueue } from "../platform/jobs/enqueue.ts";
import { postMail } from "../platform/mail/post-mail.ts";
import { asPlatform, platformEntities, type Platform } from "../platform/scope.ts";
import { readEmail } from "../users/email.ts";
import { User } from "../users/user.entity.ts";
import type { Answerable } from "./open-session.ts";
import { passwordResetMail } from "./password-mails.ts";
import { countAttempt } from "./throttle.ts";

/** The job that mails a link; its payload is `{ resetId, email }`. */
export const SEND_RESET_LINK = "password.sendResetLink";

const VALID_MS = HOUR_MS;

/**
 * Asks for a link by which a password can be chosen anew, mailed to the address if it has a log-in.
 *
 * The look-up happens in a job, so neither the answer nor its time tells whether it has one.
 *
 * @throws EdgeFault RATE_LIMITED
 */
export async function requestPasswordReset(
  scope: Answerable,
  input: { readonly email: string },
): Promise<{ message: string }> {
  const email = readEmail(input.email);
  await countAttempt(scope, "passwordReset", email);
  await enqueue(sqlIn(asPlatform(scope).em), SEND_RESET_LINK, { resetId: newId(), email });
  return { message: `If ${email} has a log-in, a link to choose a new password is on its way. It works for an hour.` };
}

/** Mails the link that was asked for, once however often it runs. Nothing happens for an unknown address. */
export async function sendResetLink(
  platform: Platform,
  { resetId, email }: { resetId: string; email: string },
): Promise<void> {
  await platformEntities(platform).transactional(async (em) => {
    const user = await em.findOne(User, { email });
    if (!user) return;
    const token = newToken();
    const createdAt = systemClock();
    const expiresAt = new Date(createdAt.getTime() + VALID_MS);
    const made = await sqlIn(em)(
      `insert into password_resets (id, user_id, token_hash, created_at, expires_at) values ($1, $2, $3, $4, $5)
       on conflict (id) do nothing returning id`,
      [resetId, user.id, hashSecret(token), createdAt, expiresAt],
    );
    if (made.length === 0) return;
    const link = `${platform.config.publicUrl}/reset-password?token=${token}`;
    await postMail(em, passwordResetMail(email, link, expiresAt), platform.clock());
  });
}
