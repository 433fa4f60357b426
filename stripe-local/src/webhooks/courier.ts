import { setTimeout as sleep } from "node:timers/promises";
import type { EventLog } from "../http/event-log.ts";
import type { Faults } from "../http/faults.ts";
import type { WebhookEndpoint } from "../objects/webhook-endpoint.ts";
import type { GroupCommit } from "../store/group-commit.ts";
import type { Store } from "../store/store.ts";
import type { Delivery, DeliveryQueue } from "./delivery-queue.ts";
import { signatureOf } from "./signature.ts";

const TIMEOUT_MS = 10_000;
/** Deliveries under way at a time, of all endpoints together. */
const HANDS = 16;
/** A held delivery goes out, after those that came later, when this time is over. */
const REORDER_MS = 250;
const LATE_MS = 5_000;
/** After a fault of our own the delivery, which is still due, is not tried again at once. */
const FAULT_PAUSE_MS = 1_000;

type Around = {
  readonly queue: DeliveryQueue;
  readonly events: EventLog;
  readonly store: Store;
  readonly faults: Faults;
  readonly group: GroupCommit;
  /** For faults of the stand-in itself. */
  readonly report: (error: unknown) => void;
};

type Posted = { readonly ok: boolean; readonly wasAnswered: boolean; readonly told: string };

/**
 * Brings events to the endpoints: at least once, many at a time, in no promised order. What is not answered with 2xx
 * within ten seconds comes again after a while.
 */
export class Courier {
  readonly #around: Around;
  readonly #underWay = new Map<number, Promise<void>>();
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | null = null;

  constructor(around: Around) {
    this.#around = around;
  }

  /** Looks for work; called after each commit and when a delivery comes due. */
  wake(): void {
    if (this.#stopping.signal.aborted) return;
    // One reading of the clock: what comes due between two of them would neither be taken nor waited for.
    const now = Date.now();
    const free = HANDS - this.#underWay.size;
    const due = free > 0 ? this.#around.queue.due(now, free, new Set(this.#underWay.keys())) : [];
    for (const delivery of due) {
      const work = this.#deliver(delivery)
        .catch((error: unknown) => {
          this.#around.report(error);
          return this.#pause(FAULT_PAUSE_MS);
        })
        .finally(() => {
          this.#underWay.delete(delivery.id);
          this.wake();
        });
      this.#underWay.set(delivery.id, work);
    }
    this.#wakeLater(now);
  }

  /** Delivers all that waits, once each, and resolves when nothing is under way. */
  async flush(): Promise<void> {
    this.#around.queue.hurry(Date.now());
    this.wake();
    while (this.#underWay.size > 0 && !this.#stopping.signal.aborted) await Promise.race(this.#underWay.values());
  }

  /** Lets go of what is under way; it is delivered again after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#timer) clearTimeout(this.#timer);
    await Promise.allSettled(this.#underWay.values());
  }

  #wakeLater(now: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const next = this.#around.queue.nextMs();
    if (next === null || this.#underWay.size >= HANDS) return;
    // What is due by now is under way, though still pending in the queue; its end looks again.
    if (next <= now) return;
    this.#timer = setTimeout(() => this.wake(), Math.min(next - now, 2_147_483_647));
    this.#timer.unref();
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { queue, events, store, faults } = this.#around;
    const endpoint = store.get<WebhookEndpoint>("webhook_endpoint", delivery.endpoint);
    const event = events.get(delivery.event);
    if (!endpoint || !event || endpoint.status !== "enabled") return queue.giveUp(delivery.id, "no endpoint");

    const fault = faults.take(event.type, ["webhook-duplicate", "webhook-reorder", "webhook-late", "webhook-drop"]);
    if (fault?.kind === "webhook-drop") return queue.succeeded(delivery.id, "dropped on purpose");
    if (fault?.kind === "webhook-reorder") await this.#pause(REORDER_MS);
    if (fault?.kind === "webhook-late") await this.#pause(fault.ms ?? LATE_MS);
    if (this.#stopping.signal.aborted) return;

    const payload = JSON.stringify(event);
    const times = fault?.kind === "webhook-duplicate" ? 2 : 1;
    const answers = await Promise.all(Array.from({ length: times }, () => this.#post(endpoint, payload)));
    if (this.#stopping.signal.aborted) return;
    const [first] = answers;
    await this.#around.group.run(() => {
      if (first?.ok) queue.succeeded(delivery.id, first.told);
      else queue.failedOnce(delivery, first?.told ?? "", first?.wasAnswered ?? false, Date.now());
    });
  }

  async #post({ url, secret }: WebhookEndpoint, payload: string): Promise<Posted> {
    try {
      const answer = await fetch(url, {
        method: "POST",
        body: payload,
        redirect: "manual",
        headers: {
          "content-type": "application/json; charset=utf-8",
          "stripe-signature": signatureOf(payload, secret, Math.floor(Date.now() / 1000)),
          "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        },
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.#stopping.signal]),
      });
      // The connection is free for the next delivery once the answer is read.
      await answer.arrayBuffer();
      return { ok: answer.ok, wasAnswered: true, told: String(answer.status) };
    } catch (error) {
      return { ok: false, wasAnswered: false, told: error instanceof Error ? error.message : String(error) };
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}
