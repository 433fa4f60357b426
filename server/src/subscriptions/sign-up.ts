import { openSession, type Answerable, type SessionGranted } from "../auth/open-session.ts";
import { registerOwner, type RegisterOwner } from "../auth/register-owner.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { asPlatform } from "../platform/scope.ts";
import { openSubscription } from "./open-subscription.ts";

/**
 * Makes an organization with its owner and a Free subscription, in one transaction, and logs the
 * owner in.
 *
 * @throws EmailTaken, WeakPassword — nothing is made
 */
export async function signUp(scope: Answerable, input: RegisterOwner): Promise<SessionGranted> {
  const user = await asPlatform(scope).em.transactional(async (em) => {
    const registered = await registerOwner({ ...scope, em }, input);
    await openSubscription(sqlIn(em), registered.organization.id, scope.clock());
    return registered.user;
  });
  return openSession(scope, user);
}
