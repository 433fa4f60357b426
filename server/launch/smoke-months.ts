import { setTimeout as sleep } from "node:timers/promises";

const DAY_MS = 86_400_000;
const DAYS = 40;

type Invoice = {
  readonly status: string;
  readonly reason: string;
  readonly heldAt: string | null;
  readonly periodStart: string;
  readonly organization: { readonly name: string };
};

type Clock = { readonly sandboxClock: { readonly now: string } };

/** Moves the sandbox's clock through renewals, also through a kill, and proves that each was billed once. */
export class Months {
  readonly #url: string;
  readonly #password: string;
  #target = new Date(0);

  constructor(url: string, password: string) {
    this.#url = url;
    this.#password = password;
  }

  /** Sets out for a day by which every subscription has renewed, and comes back while it is on the way. */
  async setOut(): Promise<void> {
    const { sandboxClock } = await this.#ask<Clock>("{ sandboxClock { now } }");
    this.#target = new Date(Date.parse(sandboxClock.now) + DAYS * DAY_MS);
    const advancing = this.#advance().catch(() => undefined);
    await Promise.race([advancing, sleep(500 + Math.random() * 1_500)]);
  }

  /** Goes the rest of the way. @returns what the invoices come to, in words */
  async arrive(): Promise<string> {
    const { sandboxClock } = await this.#ask<Clock>("{ sandboxClock { now } }");
    if (Date.parse(sandboxClock.now) < this.#target.getTime()) await this.#advance();
    const { invoices } = await this.#ask<{ invoices: { nodes: Invoice[] } }>(
      `{ invoices(first: 100) { nodes { status reason heldAt periodStart organization { name } } } }`,
    );
    return this.#judge(invoices.nodes);
  }

  #judge(invoices: readonly Invoice[]): string {
    const renewals = invoices.filter(({ reason }) => reason === "subscription_cycle");
    const held = invoices.filter(({ heldAt }) => heldAt !== null);
    const drafts = renewals.filter(({ status }) => status === "DRAFT");
    const keys = renewals.map(({ organization, periodStart }) => `${organization.name} from ${periodStart}`);
    const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
    if (renewals.length < 15 || held.length > 0 || drafts.length > 0 || twice.length > 0)
      throw new Error(
        `${renewals.length} renewals, ${held.length} held, ${drafts.length} left as drafts, twice: ${twice.join(", ") || "none"}`,
      );
    return `${renewals.length} renewals, each once`;
  }

  #advance(): Promise<unknown> {
    return this.#ask<unknown>("mutation($to: DateTime!) { advanceSandboxClock(input: { to: $to }) { now } }", {
      to: this.#target.toISOString(),
    });
  }

  async #ask<Data>(query: string, variables: object = {}): Promise<Data> {
    const { logIn } = await this.#post<{ logIn: { token: string } }>(
      "mutation($input: LogInInput!) { logIn(input: $input) { ... on Session { token } } }",
      { input: { email: "admin@qlp.example", password: this.#password } },
    );
    return this.#post<Data>(query, variables, logIn.token);
  }

  async #post<Data>(query: string, variables: object, token?: string): Promise<Data> {
    const answer = await fetch(`${this.#url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await answer.json()) as { data: Data; errors?: { message: string }[] };
    if (errors) throw new Error(errors.map(({ message }) => message).join("; "));
    return data;
  }
}
