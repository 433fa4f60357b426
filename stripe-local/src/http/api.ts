import { operationOf } from "../contract/contract.ts";
import { checkExpand } from "../contract/expand-paths.ts";
import { ParamFault, readParams } from "../contract/read-params.ts";
import type { Operation } from "../contract/schema.ts";
import type { Database } from "../store/database.ts";
import type { GroupCommit } from "../store/group-commit.ts";
import { ObjectStore } from "../store/object-store.ts";
import { AnswerBook, fingerprintOf } from "./answer-book.ts";
import type { Call } from "./call.ts";
import { asStripeError, errorAnswer, type Answer } from "./envelope.ts";
import { EventLog, type Endpoint } from "./event-log.ts";
import { show } from "./expand.ts";
import { newId } from "./new-id.ts";
import type { Presenter } from "./presenter.ts";
import type { Params, Route } from "./route.ts";
import { StripeError } from "./stripe-error.ts";

/** One request as it came in, decoded but not yet checked. */
export type Incoming = {
  readonly method: string;
  readonly path: string;
  readonly ids: Record<string, string>;
  readonly params: Params;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
};

/** `replayOf` is the request that was first answered so. */
export type Outcome = Answer & { readonly replayOf: string | null };

type Surroundings = {
  readonly database: Database;
  readonly group: GroupCommit;
  readonly presenter: Presenter;
  /** Unix seconds, the stand-in's clock. */
  readonly now: () => number;
  readonly origin: () => string;
  /** After each commit: there may be events to deliver and other work due. */
  readonly committed: () => void;
  /** For faults of the stand-in itself. */
  readonly report: (error: unknown) => void;
};

type Origin = { readonly requestId: string | null; readonly idempotencyKey: string | null; readonly at?: number };

/** Runs each request as one transaction: what it did, its events and its saved answer commit together. */
export class Api {
  readonly answers: AnswerBook;
  readonly events: EventLog;
  readonly store: ObjectStore;
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
    this.answers = new AnswerBook(around.database);
    this.events = new EventLog(around.database);
    this.store = new ObjectStore(around.database);
  }

  /**
   * Does `work` as one transaction.
   *
   * @throws what `work` throws; then nothing of it stays, unless it is a StripeError that keeps its changes
   */
  perform<T>(work: (call: Call) => T, origin: Origin = { requestId: null, idempotencyKey: null }): T {
    const done = this.#around.database.transaction(() => keeping(() => work(this.#call(origin))));
    this.#around.committed();
    if (done.kept) throw done.kept;
    return done.result;
  }

  /** Answers one request, once all of it is committed. */
  async answer(route: Route, incoming: Incoming): Promise<Outcome> {
    const outcome = await this.#around.group.run(() => this.#answerOne(route, incoming));
    this.#around.committed();
    return outcome;
  }

  #answerOne(route: Route, incoming: Incoming): Outcome {
    try {
      const operation = operationOf(route.method, route.path);
      const key = route.method === "POST" ? incoming.idempotencyKey : null;
      if (key !== null && key.length > 255) throw new StripeError("Idempotency keys may be up to 255 characters long.");
      const fingerprint = fingerprintOf(incoming.method, incoming.path, incoming.params);
      const before = key === null ? null : this.answers.find(key, fingerprint);
      if (before) return { ...before, replayOf: before.request };

      const params = readParams(operation.params, incoming.params);
      const paths = expandPaths(operation, params);
      const given = this.#execute(route, incoming, params, paths);
      if (key !== null && isSaved(given)) {
        this.answers.save(key, fingerprint, { ...given, request: incoming.requestId });
      }
      return { ...given, replayOf: null };
    } catch (error) {
      return { ...this.refusal(error), replayOf: null };
    }
  }

  /** The envelope for any error; a fault of ours is also reported. */
  refusal(error: unknown): Answer {
    const known = asStripeError(error);
    if (known.type === "api_error" && known !== error) this.#around.report(error);
    return errorAnswer(known);
  }

  #execute(
    route: Route,
    incoming: Incoming,
    params: Params,
    paths: readonly string[],
  ): Answer & { code?: string | null } {
    try {
      const { kept, result } = this.#around.database.transaction(() =>
        keeping(() => {
          const call = this.#call(incoming);
          return show(call, this.#around.presenter, route.handle(call, params, incoming.ids), paths);
        }),
      );
      return kept ? this.refusal(kept) : { status: 200, body: JSON.stringify(result) };
    } catch (error) {
      return { ...this.refusal(error), code: error instanceof StripeError ? error.code : null };
    }
  }

  #call({ requestId, idempotencyKey, at }: Origin): Call {
    const { presenter, origin } = this.#around;
    const now = at ?? this.#around.now();
    const call: Call = {
      store: this.store,
      now,
      origin: origin(),
      newId: (prefix) => newId(prefix),
      emit: (type, object, previousAttributes) => {
        const shown = show(call, presenter, object, []);
        const data = previousAttributes
          ? { object: shown, previous_attributes: previousAttributes }
          : { object: shown };
        const request = { id: requestId, idempotency_key: idempotencyKey };
        this.events.write(
          { type, created: now, request, data },
          this.store.list<Endpoint>("webhook_endpoint"),
          Date.now(),
        );
      },
      request: { id: requestId, idempotencyKey },
    };
    return call;
  }
}

/** Turns an error that keeps its changes into a value, for the transaction around it to commit. */
function keeping<T>(work: () => T): { kept: StripeError; result: null } | { kept: null; result: T } {
  try {
    return { kept: null, result: work() };
  } catch (error) {
    if (error instanceof StripeError && error.keepsChanges) return { kept: error, result: null };
    throw error;
  }
}

function expandPaths({ answer }: Operation, params: Params): string[] {
  const given = params["expand"];
  delete params["expand"];
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw new ParamFault("expand", "Invalid array");
  const paths = given.map(String);
  checkExpand(answer, paths);
  return paths;
}

/** As at Stripe, an answer is saved once the operation has begun: not when its parameters were at fault. */
function isSaved({ status, code }: Answer & { code?: string | null }): boolean {
  return status < 500 && !(code?.startsWith("parameter_") ?? false);
}
