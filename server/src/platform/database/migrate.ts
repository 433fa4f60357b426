import { runMigrations } from "graphile-worker";
import pg from "pg";
import { API_ROLE, apiUrl } from "./api-url.ts";
import { createOrm, type Entities } from "./orm.ts";
import { GROUP_ROLE, STAFF_ROLE, TENANT_ROLE } from "./policies.ts";
import { grants } from "./grants.ts";

/** One number for all instances, so that those that start together migrate once. */
const MIGRATION_LOCK = 7_236_401;

/**
 * Brings a database up to date: roles, schema, privileges, job queue. Doing it again changes nothing.
 *
 * @param adminUrl a login that may create roles and schemas
 * @param loginUrl where the API logs in, when the operator made a role of its own for it
 */
export async function migrate(
  adminUrl: string,
  entities: Entities,
  loginUrl: string = apiUrl(adminUrl),
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: "qlp-migrate" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await createRoles(client, adminUrl, loginUrl);
    const orm = createOrm(adminUrl, entities, 2);
    try {
      await orm.migrator.up();
    } finally {
      await orm.close();
    }
    await runMigrations({ connectionString: adminUrl });
    await client.query(grants);
  } finally {
    await client.end();
  }
}

/** Roles belong to the whole server, so another database's migration may be making them just now. */
async function createRoles(client: pg.Client, adminUrl: string, loginUrl: string): Promise<void> {
  await client.query("BEGIN");
  await client.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK + 1]);
  for (const role of [TENANT_ROLE, GROUP_ROLE, STAFF_ROLE]) {
    await createRole(client, role, "NOLOGIN");
  }
  const login = roleOf(loginUrl);
  if (login === API_ROLE) {
    const password = client.escapeLiteral(decodeURIComponent(new URL(apiUrl(adminUrl)).password));
    await createRole(client, API_ROLE, "LOGIN NOINHERIT NOBYPASSRLS");
    await client.query(`ALTER ROLE ${API_ROLE} PASSWORD ${password}`);
  }
  // The administrator takes the roles on to write the first catalog; row-level security binds owners too.
  await client.query(
    `GRANT ${TENANT_ROLE}, ${GROUP_ROLE}, ${STAFF_ROLE} TO ${client.escapeIdentifier(login)}, CURRENT_USER`,
  );
  await client.query("COMMIT");
}

async function createRole(client: pg.Client, name: string, options: string): Promise<void> {
  const { rowCount } = await client.query("select from pg_roles where rolname = $1", [name]);
  if (rowCount === 0) await client.query(`CREATE ROLE ${name} ${options}`);
}

const roleOf = (url: string): string => decodeURIComponent(new URL(url).username);
