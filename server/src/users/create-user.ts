import { UniqueConstraintViolationException, type SqlEntityManager } from "@mikro-orm/postgresql";
import { newId } from "../platform/id.ts";
import type { StaffRole } from "./role.ts";
import { User } from "./user.entity.ts";
import { EmailTaken } from "./user.refusals.ts";

/**
 * Creates a person, in a transaction of the platform. Who creates one also makes it a member, or staff.
 *
 * @throws EmailTaken, also when another transaction took it just now
 */
export async function createUser(
  em: SqlEntityManager,
  person: { email: string; staffRole?: StaffRole; createdAt: Date },
): Promise<User> {
  const user = em.create(User, { id: newId(), ...person });
  try {
    await em.persist(user).flush();
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) throw new EmailTaken(person.email);
    throw error;
  }
  return user;
}
