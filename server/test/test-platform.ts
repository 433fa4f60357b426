import { afterAll } from "vitest";
import { registerOwner, type RegisterOwner } from "../src/auth/register-owner.ts";
import { entities } from "../src/app/entities.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { readConfig } from "../src/platform/config.ts";
import { createOrm } from "../src/platform/database/orm.ts";
import { createPool } from "../src/platform/database/pool.ts";
import { newId } from "../src/platform/id.ts";
import { platformScope, type Platform, type RequestOrigin, type Scope } from "../src/platform/scope.ts";
import { testDatabase } from "./setup/test-database.ts";

export const PASSWORD = "correct horse battery";

let made: Promise<Platform> | null = null;

/** The product without its API, on the database of this test file. */
export function testPlatform(): Promise<Platform> {
  made ??= make();
  return made;
}

async function make(): Promise<Platform> {
  const { url, adminUrl } = await testDatabase();
  const config = readConfig({
    DATABASE_URL: url,
    DATABASE_ADMIN_URL: adminUrl,
    JWT_KEYS: "current:0123456789012345678901234567890123456789,previous:abcdefghijabcdefghijabcdefghijabcdefghij",
    PUBLIC_URL: "https://qlp.test",
    NODE_ENV: "test",
  });
  return { config, orm: createOrm(config.databaseUrl, entities, 4), pool: createPool(config.databaseUrl, 4), clock: systemClock };
}

afterAll(async () => {
  const platform = await made;
  made = null;
  await platform?.orm.close();
  await platform?.pool.end();
});

/** A request of nobody in particular, from an address of its own so that throttles do not meet. */
export async function anonymous(): Promise<Scope> {
  return { ...platformScope(await testPlatform(), "test"), origin: newOrigin() };
}

let requests = 0;

export function newOrigin(): RequestOrigin {
  requests += 1;
  return { id: `test-${requests}`, address: `10.${requests >> 16}.${(requests >> 8) & 255}.${requests & 255}`, userAgent: "test" };
}

/** An organization of the test's own, with its owner. */
export async function newOrganization(given: Partial<RegisterOwner> = {}) {
  const scope = await anonymous();
  const name = newId().slice(-12);
  const input = { email: `owner-${name}@example.com`, password: PASSWORD, organizationName: `Organization ${name}`, ...given };
  return scope.em.transactional((em) => registerOwner({ ...scope, em }, input));
}
