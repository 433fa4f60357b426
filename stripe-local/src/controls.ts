import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Clock } from "./clock/clock.ts";
import { faultKinds, type Fault, type Faults } from "./http/faults.ts";
import { StripeError } from "./http/stripe-error.ts";
import type { Courier } from "./webhooks/courier.ts";
import type { DeliveryQueue } from "./webhooks/delivery-queue.ts";

type Controlled = {
  readonly clock: Clock;
  readonly courier: Courier;
  readonly queue: DeliveryQueue;
  readonly faults: Faults;
  readonly reset: () => void;
  /** The bank's decision about a disputed payment. */
  readonly closeDispute: (id: string, status: "lost" | "won") => object;
};

/** What a sandbox can be asked for beside Stripe's API: JSON below `/_local`, from this machine only. */
export function addControls(
  server: FastifyInstance,
  { clock, courier, queue, faults, reset, closeDispute }: Controlled,
): void {
  void server.register(async (local) => {
    local.addHook("onRequest", async (request) => refuseStrangers(request));

    local.get("/_local/clock", () => ({ now: clock.nowMs(), nextDue: clock.nextDue() }));
    local.post("/_local/clock/advance", (request) => moving(() => clock.advance(instant(request, "to"))));
    local.post("/_local/clock/step", (request) => moving(() => clock.step(instant(request, "until"))));

    local.get("/_local/webhooks", () => queue.counts(Date.now()));
    local.post("/_local/webhooks/flush", async () => {
      await courier.flush();
      return queue.counts(Date.now());
    });

    local.get("/_local/faults", () => faults.list());
    local.post("/_local/faults", (request) => {
      faults.replace([...faults.list(), ...faultsOf(json(request))]);
      return faults.list();
    });
    local.delete("/_local/faults", () => {
      faults.replace([]);
      return [];
    });
    local.post<{ Params: { id: string } }>("/_local/disputes/:id/close", (request) => {
      const body = json(request);
      const status = isObject(body) ? body["status"] : undefined;
      if (status === "lost" || status === "won") return closeDispute(request.params.id, status);
      throw new StripeError('`status` has to be "lost" or "won".', { param: "status" });
    });
    local.post("/_local/reset", () => {
      reset();
      return { ok: true };
    });
  });
}

/** A page of another site that is open in somebody's browser must not move the clock. */
async function refuseStrangers(request: FastifyRequest): Promise<void> {
  const site = request.headers["sec-fetch-site"];
  const isLoopback = /^(::ffff:)?127\.|^::1$/.test(request.ip);
  if (isLoopback && (site === undefined || site === "same-origin" || site === "none")) return;
  throw new StripeError("The controls are for this machine only.", { status: 403 });
}

async function moving<T>(move: () => Promise<T>): Promise<T> {
  try {
    return await move();
  } catch (error) {
    throw error instanceof RangeError ? new StripeError(error.message, { param: "to" }) : error;
  }
}

function json(request: FastifyRequest): unknown {
  try {
    return JSON.parse(typeof request.body === "string" ? request.body : "");
  } catch {
    throw new StripeError("The body has to be JSON.");
  }
}

function instant(request: FastifyRequest, name: string): number {
  const body = json(request);
  const value = isObject(body) ? body[name] : undefined;
  if (!Number.isSafeInteger(value) || Number(value) > 99_999_999_999) {
    throw new StripeError(`\`${name}\` has to be a time in whole unix seconds.`, { param: name });
  }
  return Number(value);
}

function faultsOf(body: unknown): Fault[] {
  return (Array.isArray(body) ? body : [body]).map((given: unknown) => {
    if (!isObject(given)) throw new StripeError("A fault is an object.");
    const { match, kind, status, after, times = 1, ms } = given;
    const known = faultKinds.find((name) => name === kind);
    if (!known) throw new StripeError(`\`kind\` has to be one of ${faultKinds.join(", ")}.`, { param: "kind" });
    if (typeof match !== "string" || !isPattern(match)) {
      throw new StripeError("`match` has to be a regular expression.", { param: "match" });
    }
    return {
      match,
      kind: known,
      times: Number(times),
      ...(status === undefined ? {} : { status: Number(status) }),
      ...(after === undefined ? {} : { after: after === true }),
      ...(ms === undefined ? {} : { ms: Number(ms) }),
    };
  });
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
