import { recordAudit } from "../audit/record-audit.ts";
import { createOrganization } from "../organizations/create-organization.ts";
import type { Organization } from "../organizations/organization.entity.ts";
import type { Scope } from "../platform/scope.ts";
import { createUser } from "../users/create-user.ts";
import { readEmail } from "../users/email.ts";
import { Member } from "../users/member.entity.ts";
import type { User } from "../users/user.entity.ts";
import { checkPassword } from "./password.ts";
import { setPassword } from "./set-password.ts";

export type RegisterOwner = { readonly email: string; readonly password: string; readonly organizationName: string };

/**
 * Creates an organization and its owner, who can log in from then on.
 *
 * Runs inside the transaction of `scope.em`, which has the platform's sight; the caller adds what
 * else an organization needs before it commits.
 *
 * @throws EmailTaken, WeakPassword — the transaction must roll back
 */
export async function registerOwner(
  scope: Scope,
  input: RegisterOwner,
): Promise<{ organization: Organization; user: User }> {
  const { em, clock } = scope;
  const email = readEmail(input.email);
  checkPassword(input.password, email);
  const createdAt = clock();

  const user = await createUser(em, { email, createdAt });
  const organization = await createOrganization(em, { name: input.organizationName, createdAt });
  em.persist(
    em.create(Member, { organizationId: organization.id, userId: user.id, role: "OWNER", joinedAt: createdAt }),
  );
  await em.flush();
  await setPassword(em, user.id, input.password);

  await recordAudit(em, scope, {
    action: "organization.created",
    target: organization.name,
    organizationId: organization.id,
    actor: { kind: "user", id: user.id, label: email, staff: false },
  });
  return { organization, user };
}
