import { newId } from "../../src/platform/id.ts";

/** What the product said in place of an answer. */
export class Faulted extends Error {
  readonly status: number;
  readonly code: unknown;
  readonly retryable: unknown;

  constructor(status: number, { message, extensions }: GraphqlError) {
    super(message);
    this.status = status;
    this.code = extensions?.["code"];
    this.retryable = extensions?.["retryable"];
  }
}

type GraphqlError = { readonly message: string; readonly extensions?: Record<string, unknown> };
type Answer = { readonly data?: any; readonly errors?: readonly GraphqlError[] };

/** Asks over HTTP. @throws Faulted, or what `fetch` throws when the connection breaks: nothing was acknowledged then */
export async function ask(url: string, token: string | null, query: string, variables: object = {}): Promise<any> {
  const answer = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token !== null && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(60_000),
  });
  const { data, errors } = (await answer.json()) as Answer;
  if (errors?.[0]) throw new Faulted(answer.status, errors[0]);
  return data;
}

/** A service of one organization that reports what was used. */
export class Reporter {
  readonly organizationId: string;
  readonly #key: string;
  readonly #owner: string;

  constructor(organizationId: string, owner: string, key: string) {
    this.organizationId = organizationId;
    this.#owner = owner;
    this.#key = key;
  }

  /** Records a generation under each key. @returns what became of each */
  record(url: string, idempotencyKeys: readonly string[]): Promise<string[]> {
    return this.send(
      url,
      idempotencyKeys.map((idempotencyKey) => ({ idempotencyKey, action: "GENERATION", complexity: "T1" })),
    );
  }

  /** Records events. @returns what became of each */
  async send(url: string, events: readonly object[]): Promise<string[]> {
    const { recordUsage } = await ask(
      url,
      this.#key,
      "mutation ($events: [UsageEventInput!]!) { recordUsage(input: { events: $events }) { outcomes { status } } }",
      { events },
    );
    return recordUsage.outcomes.map(({ status }: { status: string }) => status);
  }

  /** Asks to start work, and to hold its units. @returns the hold; null for a no */
  async authorize(url: string, work: object = { action: "GENERATION", complexity: "T1" }): Promise<string | null> {
    const { authorizeUsage } = await ask(
      url,
      this.#key,
      "mutation ($input: AuthorizeUsageInput!) { authorizeUsage(input: $input) { allowed hold { id } } }",
      { input: { ...work, hold: true } },
    );
    return authorizeUsage.hold?.id ?? null;
  }

  /** How many generations the product has counted. */
  async counted(url: string): Promise<number> {
    const { organization } = await ask(url, this.#owner, "{ organization { usage { meters { meter quantity } } } }");
    const meters: { meter: string; quantity: string }[] = organization.usage.meters;
    return Number(meters.find(({ meter }) => meter === "generations")?.quantity);
  }

  /** The thresholds of its allowance that the product has told. */
  async alerts(url: string): Promise<number> {
    return (await ask(url, this.#owner, "{ organization { usageAlerts { id } } }")).organization.usageAlerts.length;
  }
}

/** A new organization with a key. */
export async function newReporter(url: string): Promise<Reporter> {
  const { signUp } = await ask(
    url,
    null,
    "mutation ($input: SignUpInput!) { signUp(input: $input) { ... on Session { token user { organization { id } } } } }",
    {
      input: {
        email: `${newId().slice(-12)}@example.com`,
        password: "correct horse battery",
        organizationName: "Faults",
      },
    },
  );
  const { createApiKey } = await ask(
    url,
    signUp.token,
    "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreatedApiKey { secret } } }",
    { input: { name: "Reporter", scopes: ["usage:write", "usage:read"] } },
  );
  return new Reporter(signUp.user.organization.id, signUp.token, createApiKey.secret);
}

let batches = 0;

/** Keys that nobody has used. */
export function newKeys(count: number): string[] {
  batches += 1;
  return Array.from({ length: count }, (_, index) => `fault-${batches}-${index}`);
}
