import { recordAudit } from "../audit/record-audit.ts";
import { postMail } from "../platform/mail/post-mail.ts";
import { asPlatform, type Scope } from "../platform/scope.ts";
import type { User } from "../users/user.entity.ts";
import { userWith } from "./check-credentials.ts";
import { endSessionsOf } from "./end-session.ts";
import { passwordChangedMail } from "./password-mails.ts";
import { WrongCredentials } from "./password.refusals.ts";
import { checkPassword } from "./password.ts";
import { setPassword } from "./set-password.ts";
import { countAttempt } from "./throttle.ts";

export type ChangePassword = { readonly currentPassword: string; readonly newPassword: string };

/**
 * Gives the viewer another password and ends their other sessions, in case somebody else had the old one.
 *
 * @throws WrongCredentials when the current password is wrong; WeakPassword; EdgeFault RATE_LIMITED
 */
export async function changePassword(scope: Scope, input: ChangePassword): Promise<User> {
  const { viewer } = scope;
  if (viewer?.kind !== "user") throw new Error("only people have passwords");
  const email = viewer.label;
  const attempt = await countAttempt(scope, "logIn", email);
  const user = await userWith(scope, email, input.currentPassword);
  if (!user) throw new WrongCredentials("The current password is not right.");
  await attempt.succeeded();
  checkPassword(input.newPassword, email);

  await asPlatform(scope).em.transactional(async (em) => {
    await setPassword(em, user.id, input.newPassword);
    await endSessionsOf(em, user.id, viewer.sessionId);
    await postMail(em, passwordChangedMail(email), scope.clock());
    await recordAudit(em, scope, { action: "password.changed", target: email });
  });
  return user;
}
