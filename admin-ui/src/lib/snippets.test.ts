import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { curlSnippet, firstEvent, quotasRequest, recordRequest, type Request, typescriptSnippet } from "./snippets";

const schema = buildSchema(readFileSync(`${import.meta.dirname}/../../../schema.graphql`, "utf8"));
const options = { origin: "http://127.0.0.1:4000", secret: "qlp_abc" };
const events = [{ ...firstEvent("it's 5 o'clock"), metadata: { note: `"quoted" $HOME \\ back` } }];

/** What a shell hands to curl. */
function argumentsOf(snippet: string, environment: Record<string, string> = {}): string[] {
  const script = `curl() { for argument in "$@"; do printf '%s\\0' "$argument"; done; }\n${snippet}`;
  const output = execFileSync("bash", ["-c", script], { encoding: "utf8", env: { ...process.env, ...environment } });
  return output.split("\0").slice(0, -1);
}

test("the curl command survives the shell: quotes, dollars and backslashes arrive as they are", () => {
  const handed = argumentsOf(curlSnippet(recordRequest(events), options));
  expect(handed[0]).toBe("http://127.0.0.1:4000/graphql");
  expect(handed).toContain("authorization: Bearer qlp_abc");
  expect(JSON.parse(handed.at(-1) ?? "")).toMatchObject({ variables: { input: { events } } });
});

test("without the secret the command reads the key from the environment", () => {
  const snippet = curlSnippet(recordRequest([firstEvent("a")]), { ...options, secret: null });
  expect(argumentsOf(snippet, { QLP_API_KEY: "qlp_kept" })).toContain("authorization: Bearer qlp_kept");
});

test("the TypeScript code sends the same request", async () => {
  const sent: { url: string; init: { body: string; headers: Record<string, string> } }[] = [];
  const fetch = (url: string, init: { body: string; headers: Record<string, string> }) => {
    sent.push({ url, init });
    return Promise.resolve({ json: () => Promise.resolve({}) });
  };
  const code = typescriptSnippet(recordRequest(events), options);
  // The code is what a person would run; it is ours.
  // oxlint-disable-next-line typescript/no-implied-eval
  await new Function("fetch", "console", `return (async () => { ${code} })()`)(fetch, { log: () => undefined });

  expect(sent[0]?.url).toBe("http://127.0.0.1:4000/graphql");
  expect(sent[0]?.init.headers["authorization"]).toBe("Bearer qlp_abc");
  expect(JSON.parse(sent[0]?.init.body ?? "")).toMatchObject({ variables: { input: { events } } });
});

test.each<{ name: string; request: Request }>([
  { name: "record usage", request: recordRequest(events) },
  { name: "read quotas", request: quotasRequest() },
])("the API knows what the snippet asks: $name", ({ request }) => {
  expect(validate(schema, parse(request.query))).toEqual([]);
});
