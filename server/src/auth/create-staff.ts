import { recordAudit } from "../audit/record-audit.ts";
import { asPlatform, type Scope } from "../platform/scope.ts";
import { createUser } from "../users/create-user.ts";
import { readEmail } from "../users/email.ts";
import type { StaffRole } from "../users/role.ts";
import type { User } from "../users/user.entity.ts";
import { checkPassword } from "./password.ts";
import { setPassword } from "./set-password.ts";

/**
 * Creates one of the platform's own people, who belong to no organization.
 *
 * @throws EmailTaken, WeakPassword
 */
export async function createStaff(
  scope: Scope,
  input: { email: string; password: string; role: StaffRole },
): Promise<User> {
  const email = readEmail(input.email);
  checkPassword(input.password, email);
  const platform = asPlatform(scope);
  return platform.em.transactional(async (em) => {
    const user = await createUser(em, { email, staffRole: input.role, createdAt: scope.clock() });
    await setPassword(em, user.id, input.password);
    await recordAudit(em, platform, { action: "staff.created", target: email, detail: { role: input.role } });
    return user;
  });
}
