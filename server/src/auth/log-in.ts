import { readEmail } from "../users/email.ts";
import { userWith } from "./check-credentials.ts";
import { type Answerable, openSession, type SessionGranted } from "./open-session.ts";
import { WrongCredentials } from "./password.refusals.ts";
import { countAttempt } from "./throttle.ts";

export type LogIn = { readonly email: string; readonly password: string };

/**
 * Opens a session for whoever knows the password. The answer, and the time it takes, are the same for
 * a wrong password and for an e-mail that nobody has.
 *
 * @throws WrongCredentials; EdgeFault RATE_LIMITED after too many failures
 */
export async function logIn(scope: Answerable, input: LogIn): Promise<SessionGranted> {
  const email = readEmail(input.email);
  const attempt = await countAttempt(scope, "logIn", email);
  const user = await userWith(scope, email, input.password);
  if (!user) throw new WrongCredentials();
  await attempt.succeeded();
  return openSession(scope, user);
}
