import type { SqlEntityManager } from "@mikro-orm/postgresql";
import { type Platform, platformEntities, publicEntities, tenantEntities } from "../platform/scope.ts";
import type { Viewer } from "../platform/viewer.ts";
import { type UserRole, permissionsOf } from "../users/role.ts";

export type LoggedIn = {
  readonly userId: string;
  readonly email: string;
  /** Null for staff. */
  readonly organizationId: string | null;
  readonly role: UserRole;
  readonly sessionId: string;
};

/** A person as the asker of a request. */
export const userViewer = ({ userId, email, organizationId, role, sessionId }: LoggedIn): Viewer => ({
  kind: "user",
  id: userId,
  organizationId,
  permissions: permissionsOf(role),
  label: email,
  staff: organizationId === null,
  sessionId,
  role,
  keyPrefix: null,
});

/** The rows a viewer may see: an organization's, all of them for staff, none for others. */
export function entitiesFor(platform: Platform, viewer: Viewer | null): SqlEntityManager {
  if (viewer === null) return publicEntities(platform);
  if (viewer.organizationId !== null) return tenantEntities(platform, viewer.organizationId);
  return viewer.staff ? platformEntities(platform) : publicEntities(platform);
}
