/** Code that people paste into a terminal or a file; it works as it stands. */
export type SnippetOptions = {
  /** Where the API is: "https://billing.example.com". */
  readonly origin: string;
  /** The key's secret while it is known; afterwards the snippets read it from the environment. */
  readonly secret: string | null;
};

const RECORD = `mutation($input: RecordUsageInput!) {
  recordUsage(input: $input) {
    accepted duplicates rejected
    outcomes { idempotencyKey status reason event { id amount { amount currency } } }
  }
}`;

const QUOTAS = `{ organization { id quotas { meter used limit remaining resetAt } } }`;

/** One generation, as the quickstart sends it. */
export const firstEvent = (idempotencyKey: string, complexity = "T1") => ({
  idempotencyKey,
  action: "GENERATION",
  complexity,
  model: "gpt-4",
});

export type Request = { readonly query: string; readonly variables?: object };

export const recordRequest = (events: readonly object[]): Request => ({
  query: RECORD,
  variables: { input: { events } },
});
export const quotasRequest = (): Request => ({ query: QUOTAS });

const AUTHORIZE = `mutation($input: AuthorizeUsageInput!) {
  authorizeUsage(input: $input) { allowed reason message remaining hold { id expiresAt } }
}`;

/** May a generation start, with its unit kept back. */
export const authorizeRequest = (): Request => ({
  query: AUTHORIZE,
  variables: { input: { action: "GENERATION", complexity: "T1", hold: true } },
});

const oneLine = (query: string) => query.replace(/\s+/g, " ").trim();

/** Within single quotes bash takes everything as it is, but a single quote itself. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** For bash and other POSIX shells. */
export function curlSnippet({ query, variables }: Request, { origin, secret }: SnippetOptions): string {
  const body = JSON.stringify({ query: oneLine(query), variables });
  const authorization =
    secret === null ? `"authorization: Bearer $QLP_API_KEY"` : quoted(`authorization: Bearer ${secret}`);
  return [
    `curl ${quoted(`${origin}/graphql`)} \\`,
    `  -H 'content-type: application/json' \\`,
    `  -H ${authorization} \\`,
    `  -d ${quoted(body)}`,
  ].join("\n");
}

const indent = (text: string, by: string) => text.replaceAll("\n", `\n${by}`);

/** For Node 20 or later and any browser-like runtime; no library is needed. */
export function typescriptSnippet({ query, variables }: Request, { origin, secret }: SnippetOptions): string {
  const bearer = secret === null ? "`Bearer ${process.env.QLP_API_KEY}`" : JSON.stringify(`Bearer ${secret}`);
  const parts = [
    `    query: \`${indent(query, "      ")}\`,`,
    ...(variables ? [`    variables: ${indent(JSON.stringify(variables, null, 2), "    ")},`] : []),
  ];
  return [
    `const response = await fetch(${JSON.stringify(`${origin}/graphql`)}, {`,
    `  method: "POST",`,
    `  headers: {`,
    `    "content-type": "application/json",`,
    `    authorization: ${bearer},`,
    `  },`,
    `  body: JSON.stringify({`,
    ...parts,
    `  }),`,
    `});`,
    `console.log(JSON.stringify(await response.json(), null, 2));`,
  ].join("\n");
}

/** What a key with these scopes can do first. */
export const requestFor = (scopes: readonly string[], idempotencyKey: string): Request | null => {
  if (scopes.includes("usage:write")) return recordRequest([firstEvent(idempotencyKey)]);
  return scopes.includes("usage:read") ? quotasRequest() : null;
};

/** A key for an event that nobody sent before. */
export const newIdempotencyKey = (): string =>
  `hello-${crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36) ?? "1"}`;
