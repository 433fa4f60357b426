import type { AddressInfo } from "node:net";
import { Clock } from "./clock/clock.ts";
import { addControls } from "./controls.ts";
import { engine } from "./engine.ts";
import { Api } from "./http/api.ts";
import { isLiveKey } from "./http/auth.ts";
import { Faults } from "./http/faults.ts";
import type { Route } from "./http/route.ts";
import { createServer } from "./http/server.ts";
import { customerRoutes } from "./objects/customer-routes.ts";
import { eventRoutes } from "./objects/event-routes.ts";
import { meterEventRoutes } from "./objects/meter-event.ts";
import { meterRoutes } from "./objects/meter.ts";
import { paymentMethodRoutes } from "./objects/payment-method-routes.ts";
import { portalRoutes } from "./objects/portal.ts";
import { inTurn, pricePresenter } from "./objects/presenter.ts";
import { createPrice, type PriceParams } from "./objects/price.ts";
import { priceRoutes } from "./objects/price-routes.ts";
import { productRoutes } from "./objects/product.ts";
import { upsertEndpoint, webhookEndpointRoutes } from "./objects/webhook-endpoint.ts";
import { addPages } from "./pages/pages.ts";
import { Database } from "./store/database.ts";
import { GroupCommit } from "./store/group-commit.ts";
import { Courier } from "./webhooks/courier.ts";
import { DeliveryQueue } from "./webhooks/delivery-queue.ts";

export type Options = {
  /** Where the state is kept; ":memory:" for a stand-in that forgets. */
  readonly file: string;
  /** On 127.0.0.1; 0 for any that is free. */
  readonly port?: number;
  /** What requests must bring; never a live key. */
  readonly secretKey?: string;
  /** The machine's time in milliseconds, from which the sandbox's clock starts. */
  readonly now?: () => number;
  /** An endpoint that gets all events, with a secret that is known beforehand. */
  readonly webhook?: { readonly url: string; readonly secret: string };
  /** Takes faults of the stand-in itself; on stderr when left out. */
  readonly report?: (error: unknown) => void;
};

export type StandIn = {
  /** Of the API and the pages, for instance "http://127.0.0.1:12111". */
  readonly url: string;
  readonly port: number;
  /** Answers what is under way and lets the file go. */
  readonly close: () => Promise<void>;
};

/** A request may bring about something that is due sooner than what was next. */
const LONGEST_NAP_MS = 1_000;

/**
 * Starts a stand-in for Stripe in this process.
 *
 * @throws Error for a live key, a port that is taken or a file that cannot be used
 */
export async function startStandIn(options: Options): Promise<StandIn> {
  const { file, port = 0, secretKey = "sk_test_local", now = Date.now, report = complain } = options;
  if (isLiveKey(secretKey)) throw new Error("stripe-local never runs with a live key.");

  const database = new Database(file);
  let url = "";
  const group = new GroupCommit(database);
  const api = new Api({
    database,
    group,
    presenter: inTurn(pricePresenter, engine.presenter),
    now: () => clock.now(),
    origin: () => url,
    // Not before the transaction around this one is committed too.
    committed: () => queueMicrotask(() => courier.wake()),
    report,
  });
  const clock = new Clock({
    database,
    store: api.store,
    machineMs: now,
    work: (due) =>
      api.perform((call) => engine.workDue(call, due), { requestId: null, idempotencyKey: null, at: due.at }),
  });
  const faults = new Faults(database);
  const queue = new DeliveryQueue(database);
  const courier = new Courier({ queue, events: api.events, store: api.store, faults, group, report });

  const routes: Route[] = [
    ...customerRoutes((call, customer) => engine.endBilling(call, customer)),
    ...paymentMethodRoutes,
    ...productRoutes(
      (call, product, price) => createPrice(call, { ...(price as PriceParams), product: product.id }).id,
    ),
    ...priceRoutes,
    ...eventRoutes(api.events),
    ...webhookEndpointRoutes,
    ...meterRoutes,
    ...meterEventRoutes,
    ...portalRoutes,
    ...engine.routes,
  ];
  const server = createServer({ api, faults, routes, secretKey, catchUp: () => clock.catchUp() });
  const begin = () => {
    moveLinks(database, url);
    const { webhook } = options;
    if (webhook) api.perform((call) => upsertEndpoint(call, webhook.url, webhook.secret));
  };
  const reset = () => {
    database.transaction(() => database.empty());
    faults.replace([]);
    clock.reset();
    begin();
  };
  addPages(server, { api, actions: engine.actions, catchUp: () => clock.catchUp() });
  const closeDispute = (id: string, status: "lost" | "won") =>
    api.perform((call) => engine.closeDispute(call, id, status));
  addControls(server, { clock, courier, queue, faults, reset, closeDispute });

  api.answers.forgetOld();
  await server.listen({ host: "127.0.0.1", port });
  const { port: taken } = server.server.address() as AddressInfo;
  url = `http://127.0.0.1:${taken}`;
  begin();

  const ticking = keepTime(clock, report);
  courier.wake();
  const close = async () => {
    ticking.stop();
    await server.close();
    await courier.stop();
    database.close();
  };
  let closing: Promise<void> | null = null;
  return { url, port: taken, close: () => (closing ??= close()) };
}

/** Links to hosted pages are stored with their objects; they follow the stand-in to another port. */
function moveLinks(database: Database, url: string): void {
  database.transaction(() => {
    const before = database.row("select value from settings where name = 'origin'")?.["value"];
    if (before === url) return;
    if (typeof before === "string") {
      database.run(
        "update objects set json = replace(json, ?, ?) where instr(json, ?)",
        `"${before}/`,
        `"${url}/`,
        before,
      );
    }
    database.run(
      "insert into settings (name, value) values ('origin', ?) on conflict (name) do update set value = excluded.value",
      url,
    );
  });
}

/** Does what falls due while time goes by and nobody asks for anything. */
function keepTime(clock: Clock, report: (error: unknown) => void): { stop: () => void } {
  let timer: NodeJS.Timeout;
  const tick = () => {
    try {
      clock.catchUp();
    } catch (error) {
      report(error);
    }
    const next = clock.nextDue();
    const wait = next === null ? LONGEST_NAP_MS : next * 1000 - clock.nowMs();
    timer = setTimeout(tick, Math.min(Math.max(wait, 250), LONGEST_NAP_MS));
    timer.unref();
  };
  tick();
  return { stop: () => clearTimeout(timer) };
}

function complain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
