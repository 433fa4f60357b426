import type { SqlEntityManager } from "@mikro-orm/postgresql";
import { readLine } from "../platform/graphql/text.ts";
import { newId } from "../platform/id.ts";
import { Organization } from "./organization.entity.ts";

const MAX_NAME = 100;

/** An organization's name as it is stored. @throws EdgeFault when it is none */
export const readOrganizationName = (name: string): string => readLine(name, "The organization's name", MAX_NAME);

/** Creates an organization, in a transaction of the platform. Without an owner and a subscription it is not complete. */
export async function createOrganization(
  em: SqlEntityManager,
  { name, createdAt }: { name: string; createdAt: Date },
): Promise<Organization> {
  const organization = em.create(Organization, { id: newId(), name: readOrganizationName(name), createdAt });
  await em.persist(organization).flush();
  return organization;
}
