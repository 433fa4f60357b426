import type { IncomingHttpHeaders } from "node:http";
import type { DocumentNode } from "graphql";
import { Recent } from "../recent.ts";

/** Texts that are kept: so many, none longer than this, so that what callers send takes no more memory than we grant. */
const MOST_TEXTS = 1_000;
const LONGEST_TEXT = 8_192;

/** What a caller asks with a text that was found valid before. */
export type KnownOperation = {
  readonly document: DocumentNode;
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Record<string, unknown>;
  /** What the answer is called, by what the caller accepts. */
  readonly contentType: string;
};

/** What those accept who ask often. Everyone else is read by the rules of HTTP. */
const contentTypes = new Map<string | undefined, string>([
  [undefined, "application/json; charset=utf-8"],
  ["*/*", "application/json; charset=utf-8"],
  ["application/json", "application/json; charset=utf-8"],
  ["application/graphql-response+json,application/json;q=0.9", "application/graphql-response+json; charset=utf-8"],
]);

/** Texts of documents that were found valid, so that the same words need not be read again. */
export class KnownTexts {
  readonly #documents = new Recent<string, DocumentNode>(MOST_TEXTS);

  /** @param text what `document` was parsed from, and found valid */
  remember(text: string | undefined, document: DocumentNode): void {
    if (text !== undefined && text.length <= LONGEST_TEXT) this.#documents.set(text, document);
  }

  /** @returns null when the text is new, or the request is of any but the plainest form */
  read(headers: IncomingHttpHeaders, body: unknown): KnownOperation | null {
    const contentType = contentTypes.get(headers.accept);
    if (contentType === undefined || headers["content-type"] !== "application/json") return null;
    if (!isRecord(body) || typeof body["query"] !== "string") return null;
    const { query, operationName = null, variables = null, extensions = null } = body;
    if (extensions !== null || (operationName !== null && typeof operationName !== "string")) return null;
    if (variables !== null && !isRecord(variables)) return null;
    const document = this.#documents.get(query);
    if (!document) return null;
    return { document, query, operationName: operationName ?? undefined, variables: variables ?? {}, contentType };
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
