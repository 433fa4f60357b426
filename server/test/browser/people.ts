import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { inject, onTestFinished } from "vitest";
import { createPlatform } from "../../src/app/create-platform.ts";
import { createStaff } from "../../src/auth/create-staff.ts";
import type { StaffRole } from "../../src/users/role.ts";
import { readConfig } from "../../src/platform/config.ts";
import { platformScope } from "../../src/platform/scope.ts";

export const PASSWORD = "correct horse battery";

/** Asks the API and gives its data, loosely typed: tests say what they expect of it. */
export type Ask = (query: string, variables?: object) => Promise<any>;

/** A few letters that no other test has. */
export const unique = (): string => randomBytes(4).toString("hex");

/** As whoever is logged in at the page. */
export const asking =
  (page: Page): Ask =>
  async (query, variables = {}) => {
    const headers = { "apollo-require-preflight": "true" };
    const response = await page.request.post("/graphql", { headers, data: { query, variables } });
    return dataOf(await response.json());
  };

/** With an API key, or whatever else is a bearer token. */
export const askingWith =
  (token: string): Ask =>
  async (query, variables = {}) => {
    const response = await fetch(`${inject("productUrl")}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    return dataOf(await response.json());
  };

function dataOf({ data, errors }: any): any {
  if (errors) throw new Error(`${errors[0].extensions?.code}: ${errors[0].message}`);
  return data;
}

/** All whole numbers from one to another. */
export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

export type Organization = { id: string; name: string; email: string; ask: Ask };

/** A new organization on Free, with its owner logged in at the page, which goes nowhere. */
export async function signUp(page: Page, name = `Organization ${unique()}`): Promise<Organization> {
  const email = `owner-${unique()}@example.com`;
  const ask = asking(page);
  const answer = await ask(
    `mutation($input: SignUpInput!) { signUp(input: $input) { ... on Session { user { organization { id } } } ... on Refusal { message } } }`,
    { input: { email, password: PASSWORD, organizationName: name } },
  );
  return { id: answer.signUp.user.organization.id, name, email, ask };
}

/** A key of the organization that may send usage. */
export async function newKey({ ask }: Organization, name = "Test key", scopes = ["usage:write"]): Promise<string> {
  const answer = await ask(
    `mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreatedApiKey { secret } ... on Refusal { message } } }`,
    { input: { name, scopes } },
  );
  return answer.createApiKey.secret;
}

/** Sends usage as a service of the organization would. */
export async function send(key: string, events: object[]): Promise<any[]> {
  const answer = await askingWith(key)(
    `mutation($input: RecordUsageInput!) { recordUsage(input: $input) { outcomes { idempotencyKey status reason event { id amount { amount } } } } }`,
    { input: { events } },
  );
  return answer.recordUsage.outcomes;
}

export const generation = (idempotencyKey: string, complexity = "T1", more: object = {}): object => ({
  idempotencyKey,
  action: "GENERATION",
  complexity,
  ...more,
});

/** One of QLP's own people, logged in at the page, which goes nowhere. */
export async function logInStaff(page: Page, role: StaffRole = "PLATFORM_ADMIN"): Promise<{ email: string; ask: Ask }> {
  const email = `${role.toLowerCase().replaceAll("_", "-")}-${unique()}@qlp.example`;
  await createStaffMember(email, role);
  return { email, ask: await logIn(page, email) };
}

async function createStaffMember(email: string, role: StaffRole): Promise<void> {
  const url = inject("productDatabaseUrl");
  const keys = "browser:0123456789012345678901234567890123456789";
  const config = readConfig({
    DATABASE_URL: url,
    DATABASE_ADMIN_URL: url,
    JWT_KEYS: keys,
    // With a key this second platform has no clock of a sandbox to look after; it calls nobody.
    STRIPE_SECRET_KEY: "sk_test_0123456789",
    STRIPE_WEBHOOK_SECRETS: "whsec_0123456789",
  });
  const { platform, close } = await createPlatform(config);
  onTestFinished(close);
  await createStaff(platformScope(platform, "test"), { email, password: PASSWORD, role });
}

/** Logs in by the API: a cookie, as a browser gets it. */
export async function logIn(page: Page, email: string, password = PASSWORD): Promise<Ask> {
  const ask = asking(page);
  const answer = await ask(
    `mutation($input: LogInInput!) { logIn(input: $input) { __typename ... on Refusal { message } } }`,
    { input: { email, password } },
  );
  if (answer.logIn.__typename !== "Session") throw new Error(answer.logIn.message);
  return ask;
}

/** Puts an organization on a plan by agreement. @param staff a page where nobody is logged in */
export async function agreePlan(staff: Page, { id }: Organization, plan: string, monthlyPrice: string): Promise<void> {
  const { ask } = await logInStaff(staff);
  await ask(`mutation($input: AgreePlanInput!) { agreePlan(input: $input) { __typename } }`, {
    input: { organizationId: id, plan, monthlyPrice },
  });
}

/** Somebody new in an organization, logged in at the page, which goes nowhere. @param page where nobody is logged in */
export async function invite({ ask }: Organization, page: Page, role: string): Promise<Ask> {
  const email = `${role.toLowerCase()}-${unique()}@example.com`;
  const { inviteMember } = await ask(
    `mutation($input: InviteMemberInput!) { inviteMember(input: $input) { ... on Invitation { link } ... on Refusal { message } } }`,
    { input: { email, role } },
  );
  const token = String(inviteMember.link).split("/").at(-1);
  await asking(page)(
    `mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { __typename ... on Refusal { message } } }`,
    { input: { token, password: PASSWORD } },
  );
  return logIn(page, email);
}
