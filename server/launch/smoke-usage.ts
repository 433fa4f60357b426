/** Reports usage of the demo customer without a pause, and remembers what was acknowledged. */
export class Reporter {
  readonly #url: string;
  readonly #acknowledged = new Set<string>();
  #token = "";
  #key = "";
  #batches = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** Logs the demo owner in and makes a key. */
  async prepare(): Promise<void> {
    const password = process.env["DEMO_PASSWORD"] ?? "qlp-demo-password";
    const { logIn } = await this.#ask<{ logIn: { token?: string } }>(
      "mutation ($input: LogInInput!) { logIn(input: $input) { ... on Session { token } } }",
      { input: { email: "owner@acme.example", password } },
      "",
    );
    if (!logIn.token) throw new Error("the demo owner cannot log in");
    this.#token = logIn.token;
    if (this.#key !== "") return;
    const { createApiKey } = await this.#ask<{ createApiKey: { secret: string } }>(
      "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreatedApiKey { secret } } }",
      { input: { name: "Smoke test", scopes: ["usage:write"] } },
      this.#token,
    );
    this.#key = createApiKey.secret;
  }

  /** Reports batch after batch until the server is gone; what it answered before is acknowledged. */
  async reportUntilGone(): Promise<void> {
    for (;;) {
      this.#batches += 1;
      const keys = Array.from({ length: 20 }, (_, index) => `smoke-${this.#batches}-${index}`);
      const statuses = await this.#record(keys).catch(() => null);
      if (statuses === null) return;
      for (const [index, status] of statuses.entries())
        if (status === "ACCEPTED") this.#acknowledged.add(keys[index] ?? "");
    }
  }

  /** Sends all that was acknowledged again: each must be a duplicate, so each is there once. */
  async proveNothingLost(): Promise<string> {
    const keys = [...this.#acknowledged];
    if (keys.length === 0) throw new Error("nothing was acknowledged before the kill");
    for (let start = 0; start < keys.length; start += 500) {
      const statuses = await this.#record(keys.slice(start, start + 500));
      const lost = statuses.findIndex((status) => status !== "DUPLICATE");
      if (lost >= 0) throw new Error(`${keys[start + lost]} was acknowledged, and is ${statuses[lost]} now`);
    }
    return `${keys.length} events`;
  }

  async #record(keys: readonly string[]): Promise<string[]> {
    const events = keys.map((idempotencyKey) => ({ idempotencyKey, action: "GENERATION", complexity: "T1" }));
    const { recordUsage } = await this.#ask<{ recordUsage: { outcomes: { status: string }[] } }>(
      "mutation ($events: [UsageEventInput!]!) { recordUsage(input: { events: $events }) { outcomes { status } } }",
      { events },
      this.#key,
    );
    return recordUsage.outcomes.map(({ status }) => status);
  }

  async #ask<Data>(query: string, variables: object, token: string): Promise<Data> {
    const answer = await fetch(`${this.#url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token !== "" && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await answer.json()) as { data?: Data; errors?: unknown };
    if (!data || errors) throw new Error(JSON.stringify(errors));
    return data;
  }
}
