import pg from "pg";
import { newId } from "../../src/platform/id.ts";
import type { BenchServer } from "./server.ts";

/** Of everyone whom a bench signs up. */
export const PASSWORD = "a bench of its own";

type Asked = { data?: Record<string, Record<string, unknown>>; errors?: { message: string }[] };

/** Asks the product over GraphQL. @throws Error with what it answered when that is an error */
export async function ask(
  url: string,
  query: string,
  variables: object,
  token?: string,
): Promise<Record<string, Record<string, unknown>>> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as Asked;
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data;
}

/** Makes organizations on Professional, a service key that reports for them, and a session of staff. */
export async function makeCustomers(
  { url, databaseUrl }: BenchServer,
  count: number,
): Promise<{ organizationIds: string[]; serviceKey: string; staff: string }> {
  const organizationIds: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { signUp } = await ask(
      url,
      `mutation($input: SignUpInput!) { signUp(input: $input) { ... on Session { user { organization { id } } } ... on Refusal { message } } }`,
      {
        input: { email: `bench-${index}@example.com`, password: PASSWORD, organizationName: `Bench ${index}` },
      },
    );
    organizationIds.push((signUp as { user: { organization: { id: string } } }).user.organization.id);
  }
  await ask(url, `mutation($input: SignUpInput!) { signUp(input: $input) { __typename } }`, {
    input: { email: "bench-staff@example.com", password: PASSWORD, organizationName: "Staff" },
  });
  await makeStaff(databaseUrl, "bench-staff@example.com");
  const { logIn } = await ask(
    url,
    `mutation($input: LogInInput!) { logIn(input: $input) { ... on Session { token } } }`,
    { input: { email: "bench-staff@example.com", password: PASSWORD } },
  );
  const staff = String(logIn?.["token"]);
  for (const organizationId of organizationIds) {
    await ask(
      url,
      `mutation($input: AgreePlanInput!) { agreePlan(input: $input) { __typename } }`,
      { input: { organizationId, plan: "PROFESSIONAL", monthlyPrice: "499.00" } },
      staff,
    );
  }
  const { createServiceKey } = await ask(
    url,
    `mutation($input: CreateApiKeyInput!) { createServiceKey(input: $input) { ... on CreatedApiKey { secret } } }`,
    { input: { name: `bench ${newId()}`, scopes: ["usage:write", "usage:read"] } },
    staff,
  );
  return { organizationIds, serviceKey: String(createServiceKey?.["secret"]), staff };
}

async function makeStaff(databaseUrl: string, email: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("delete from members where user_id = (select id from users where email = $1)", [email]);
  await client.query("update users set staff_role = 'PLATFORM_ADMIN' where email = $1", [email]);
  await client.end();
}
