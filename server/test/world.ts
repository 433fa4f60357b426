import type { FastifyInstance } from "fastify";
import { createPlatform } from "../src/app/create-platform.ts";
import { createHttpServer } from "../src/app/http-server.ts";
import { createServiceKey } from "../src/auth/create-api-key.ts";
import { createStaff } from "../src/auth/create-staff.ts";
import type { Platform } from "../src/platform/scope.ts";
import { readConfig } from "../src/platform/config.ts";
import { newId } from "../src/platform/id.ts";
import { createLog } from "../src/platform/log.ts";
import { platformScope } from "../src/platform/scope.ts";
import { afterFile } from "./setup/after-file.ts";
import { testDatabase } from "./setup/test-database.ts";

export const PASSWORD = "correct horse battery";

/** The answer to a GraphQL operation, loosely typed: tests say what they expect of it. */
export type Answer = {
  data: any;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string; requestId?: string } }[];
  status: number;
  headers: Record<string, unknown>;
};

/** Somebody who asks the API, by a bearer token or without. */
export class Asker {
  readonly #server: FastifyInstance;
  readonly token: string | null;

  constructor(server: FastifyInstance, token: string | null) {
    this.#server = server;
    this.token = token;
  }

  /** Asks through the front door: HTTP, limits, rules and all. */
  async ask(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    const response = await this.#server.inject({
      method: "POST",
      url: "/graphql",
      headers: {
        "content-type": "application/json",
        ...(this.token !== null && { authorization: `Bearer ${this.token}` }),
      },
      payload: JSON.stringify({ query, variables }),
      remoteAddress: newAddress(),
    });
    return {
      ...response.json<Omit<Answer, "status" | "headers">>(),
      status: response.statusCode,
      headers: response.headers,
    };
  }

  /** Like `ask`, for operations that must not fail. */
  async get(query: string, variables: Record<string, unknown> = {}): Promise<any> {
    const { data, errors } = await this.ask(query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }
}

let addresses = 0;

/** An address of its own for each request, so that limits by address do not meet. */
function newAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** The running product with a clock that the test sets. */
export class World {
  readonly server: FastifyInstance;
  readonly platform: Platform;
  readonly #time: { now: Date | null };

  constructor(server: FastifyInstance, platform: Platform, time: { now: Date | null }) {
    this.server = server;
    this.platform = platform;
    this.#time = time;
  }

  readonly anyone = (token: string | null = null): Asker => new Asker(this.server, token);

  /** From now on it is `instant`; without one, time goes by itself again. */
  setClock(instant: Date | string | null): void {
    this.#time.now = instant === null ? null : new Date(instant);
  }

  /** A new organization: its owner, logged in, and its id. */
  async organization(
    name = `Organization ${newId().slice(-12)}`,
  ): Promise<{ owner: Asker; id: string; email: string; name: string }> {
    const email = `owner-${newId().slice(-12)}@example.com`;
    const { signUp } = await this.anyone().get(
      `mutation($input: SignUpInput!) { signUp(input: $input) { __typename ... on Session { token user { id organization { id } } } ... on Refusal { message } } }`,
      { input: { email, password: PASSWORD, organizationName: name } },
    );
    if (signUp.__typename !== "Session") throw new Error(signUp.message);
    return { owner: this.anyone(signUp.token), id: signUp.user.organization.id, email, name };
  }

  /** A member of QLP's staff, logged in. */
  async staff(role: "PLATFORM_ADMIN" | "FINANCE" | "SUPPORT" = "PLATFORM_ADMIN"): Promise<Asker> {
    const email = `${role.toLowerCase()}-${newId().slice(-12)}@qlp.example`;
    await createStaff(platformScope(this.platform, "test"), { email, password: PASSWORD, role });
    return this.logIn(email);
  }

  async logIn(email: string, password = PASSWORD): Promise<Asker> {
    const { logIn } = await this.anyone().get(
      `mutation($input: LogInInput!) { logIn(input: $input) { ... on Session { token } ... on Refusal { message } } }`,
      { input: { email, password } },
    );
    return this.anyone(logIn.token);
  }

  /** A key of one of QLP's own services. */
  async serviceKey(scopes: string[] = ["usage:write", "usage:read"]): Promise<Asker> {
    const { secret } = await createServiceKey(platformScope(this.platform, "test"), { name: "Test service", scopes });
    return this.anyone(secret);
  }

  /** A key of an organization. */
  async apiKey(owner: Asker, scopes: string[]): Promise<Asker> {
    const { createApiKey } = await owner.get(
      `mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreatedApiKey { secret } ... on Refusal { message } } }`,
      { input: { name: "Test key", scopes } },
    );
    return this.anyone(createApiKey.secret);
  }
}

let made: Promise<World> | null = null;

/** The running product, one for each test file, on a database of its own. */
export function newWorld(): Promise<World> {
  made ??= make();
  return made;
}

/** One more server on the same database, with a clock of its own. */
export const anotherWorld = (): Promise<World> => make();

async function make(): Promise<World> {
  const { url, adminUrl } = await testDatabase();
  const time: { now: Date | null } = { now: null };
  const config = readConfig({
    DATABASE_URL: url,
    DATABASE_ADMIN_URL: adminUrl,
    JWT_KEYS: "current:0123456789012345678901234567890123456789",
    MASTER_KEYS: "m1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    WEBHOOKS_ALLOW_LOOPBACK: "1",
    NODE_ENV: "test",
    API_LIMITS: "key=0,service=0,address=0",
  });
  const running = await createPlatform(config, () => time.now ?? new Date());
  const server = await createHttpServer(running.platform, createLog("silent"));
  afterFile(async () => {
    made = null;
    await server.close();
    await running.close();
  });
  return new World(server, running.platform, time);
}
