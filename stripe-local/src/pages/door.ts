import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Api } from "../http/api.ts";
import type { Call } from "../http/call.ts";
import { decodeForm } from "../http/form.ts";
import { StripeError } from "../http/stripe-error.ts";
import type { PageOutcome } from "../objects/page-outcome.ts";
import { messagePage } from "./layout.ts";

/** What a page answers: markup with its status, or the address to go to next. */
export type Answer =
  | { readonly status?: number; readonly markup: string }
  | { readonly pdf: Buffer; readonly name: string }
  | { readonly goTo: string };

export type Visit = {
  readonly ids: Record<string, string>;
  readonly query: Record<string, unknown>;
  /** The fields of the form that was sent. */
  readonly form: Record<string, string>;
};

/** Does work as one transaction, as a person's doing: no request of the API stands behind it. */
export type Perform = <T>(work: (call: Call) => T) => T;

type Handler = (visit: Visit, perform: Perform) => Answer;

const headers = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

/** Where pages are mounted. */
export function doorOf(server: FastifyInstance, api: Api, catchUp: () => void) {
  const perform: Perform = (work) => api.perform(work);
  const mount = (method: "GET" | "POST", path: string, handler: Handler): void => {
    server.route({
      method,
      url: path,
      handler(request, reply) {
        catchUp();
        return send(
          reply,
          safely(() => handler(visitOf(request), perform), api),
        );
      },
    });
  };
  return {
    get: (path: string, handler: Handler) => mount("GET", path, handler),
    post: (path: string, handler: Handler) => mount("POST", path, handler),
  };
}

export type Door = ReturnType<typeof doorOf>;

/** Where a person goes after an action: on, or first to the bank. */
export const after = (outcome: PageOutcome, here: string, done: string): Answer => ({
  goTo: outcome.kind === "done" ? done : `/authenticate/${outcome.intentId}?from=${encodeURIComponent(here)}`,
});

/**
 * Does what a form asked for. A refusal that a person can do something about comes back as a value.
 *
 * @throws what is no refusal of a card or of the request
 */
export function attempt<T>(work: () => T): { readonly result: T } | { readonly fault: StripeError } {
  try {
    return { result: work() };
  } catch (error) {
    if (error instanceof StripeError && error.status !== 404) return { fault: error };
    throw error;
  }
}

function safely(work: () => Answer, api: Api): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof StripeError && error.status === 404) {
      return {
        status: 404,
        markup: messagePage("There is nothing here", "The link is wrong, or what it led to is gone."),
      };
    }
    const { status } = api.refusal(error);
    const text = error instanceof StripeError ? error.message : "Something went wrong on our side.";
    return { status, markup: messagePage("That did not work", text) };
  }
}

function visitOf(request: FastifyRequest): Visit {
  const { searchParams } = new URL(request.url, "http://stand-in");
  const sent = typeof request.body === "string" ? decodeForm(request.body) : {};
  const fields = Object.entries(sent).filter((field): field is [string, string] => typeof field[1] === "string");
  return {
    ids: request.params as Record<string, string>,
    query: Object.fromEntries(searchParams),
    form: Object.fromEntries(fields),
  };
}

function send(reply: FastifyReply, answer: Answer) {
  void reply.headers(headers);
  if ("goTo" in answer) return reply.redirect(answer.goTo, 303);
  if ("pdf" in answer) {
    void reply.header("content-disposition", `inline; filename="${answer.name.replace(/[^\w-]/g, "")}.pdf"`);
    return reply.type("application/pdf").send(answer.pdf);
  }
  return reply
    .status(answer.status ?? 200)
    .type("text/html; charset=utf-8")
    .send(answer.markup);
}
