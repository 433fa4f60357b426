import type { MikroORM, SqlEntityManager } from "@mikro-orm/postgresql";
import type { Pool } from "pg";
import type { Clock } from "../kernel/clock.ts";
import type { Config } from "./config.ts";
import { STAFF_ROLE, TENANT_ROLE } from "./database/policies.ts";
import type { RateLimits } from "./rate-limits/rate-limits.ts";
import type { Viewer } from "./viewer.ts";
import { isUuid } from "./id.ts";

/** What lives as long as the process. */
export type Platform = {
  readonly config: Config;
  readonly orm: MikroORM;
  /** Connections of the hot paths: short, set-based work that never waits for another connection. */
  readonly pool: Pool;
  /** Connections of queries: see `Reading`. */
  readonly readPool: Pool;
  readonly clock: Clock;
  /** Limits on the rate, of what plans sell, of this API and of guesses, by real time. */
  readonly rateLimits: RateLimits;
  /** Looks again what time it is, after the sandbox's clock was moved. */
  readonly refreshClock?: () => Promise<void>;
};

/** Where a request comes from, for the audit log, throttling and logs. */
export type RequestOrigin = { readonly id: string; readonly address: string; readonly userAgent: string | null };

/** What a use case is given: whose data it may touch, when it is, and who asks. */
export type Scope = {
  readonly platform: Platform;
  readonly em: SqlEntityManager;
  readonly clock: Clock;
  readonly viewer: Viewer | null;
  /** The tenant of the session; null for staff, the platform and anonymous requests. */
  readonly organizationId: string | null;
  readonly origin: RequestOrigin;
};

/** An entity manager that sees one organization. @throws RangeError when the id is no UUID */
export function tenantEntities(platform: Platform, organizationId: string): SqlEntityManager {
  if (!isUuid(organizationId)) throw new RangeError("an organization's id is a UUID in lower case");
  return fork(platform, TENANT_ROLE, organizationId);
}

/** An entity manager of staff and of the platform's own work: sees all organizations. */
export const platformEntities = (platform: Platform): SqlEntityManager => fork(platform, STAFF_ROLE, "");

/** An entity manager without a tenant: sees what is public, and no row of any tenant. */
export const publicEntities = (platform: Platform): SqlEntityManager => fork(platform, TENANT_ROLE, "");

const fork = (platform: Platform, role: string, organizationId: string): SqlEntityManager =>
  platform.orm.em.fork({ session: { role, variables: { "app.organization_id": organizationId } } });

/** The same asker, inside one organization. The one way into a tenant for staff, service keys and jobs. */
export const inTenant = (scope: Scope, organizationId: string): Scope => ({
  ...scope,
  em: tenantEntities(scope.platform, organizationId),
  organizationId,
});

/** The same asker with the platform's sight, for look-ups across tenants such as a log-in. */
export const asPlatform = (scope: Scope): Scope => ({
  ...scope,
  em: platformEntities(scope.platform),
  organizationId: null,
});

/** A scope of the platform's own, for jobs and commands. */
export const platformScope = (platform: Platform, name: string): Scope => ({
  platform,
  em: platformEntities(platform),
  clock: platform.clock,
  viewer: null,
  organizationId: null,
  origin: { id: name, address: "127.0.0.1", userAgent: null },
});

/** The tenant of a scope. @throws Error when there is none, which a permission rule should have refused */
export function tenantOf(scope: Scope): string {
  if (scope.organizationId === null) throw new Error("this needs an organization in the scope");
  return scope.organizationId;
}
