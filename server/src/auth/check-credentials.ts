import { isPassword } from "../platform/crypto/password-hash.ts";
import { asPlatform, type Scope } from "../platform/scope.ts";
import { User } from "../users/user.entity.ts";
import { Password } from "./password.entity.ts";
import { MAX_PASSWORD } from "./password.ts";

/** Stands for the user who does not exist, so that both cases ask the same of the database. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** The user whose e-mail and password these are, or null. Takes the same time whether the e-mail is known or not. */
export async function userWith(scope: Scope, email: string, password: string): Promise<User | null> {
  const { em } = asPlatform(scope);
  const user = await em.findOne(User, { email });
  const stored = await em.findOne(Password, { userId: user?.id ?? NOBODY });
  // Nobody's password is that long; hashing what is sent for one would be work for nothing.
  const candidate = password.slice(0, 2 * MAX_PASSWORD + 1);
  return (await isPassword(candidate, stored?.hash ?? null)) ? user : null;
}
