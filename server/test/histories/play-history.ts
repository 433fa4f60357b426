import { expect } from "vitest";
import { type Customer, newCustomer, type Outcome } from "../customer.ts";
import type { World } from "../world.ts";
import { authorize, release, settle } from "./ask-holds.ts";
import { compareClosed, compareEvents, compareNow } from "./compare-history.ts";
import { HoldsModel, meterOf } from "./holds-model.ts";
import { type Event, LedgerModel } from "./ledger-model.ts";
import type { Batch, Entry, History, Step, When } from "./steps.ts";
import { quantityFrom, type Report } from "./terms.ts";

/**
 * Lets a new organization live through a history, the model beside it, and holds them against each
 * other: totals and what is left after each step, the whole ledger and closed periods in the end.
 */
export async function playHistory(world: World, { start, plan, steps }: History): Promise<void> {
  const customer = await newCustomer(world, start, "free");
  const player = new Player(customer, new LedgerModel(Date.parse(start)));
  player.setClock(player.model.now + 1);
  if (plan !== "free") await player.play({ do: "agree", plan });
  for (const step of steps) {
    await player.play(step);
    await compareNow(customer, player.model);
  }
  await compareEvents(customer, player.model);
  await compareClosed(customer, player.model);
}

class Player {
  readonly model: LedgerModel;
  readonly #customer: Customer;
  readonly #holds: HoldsModel;
  /** Of the holds, in the model's order. */
  readonly #holdIds: string[] = [];
  /** All reports that were sent, to send them again. */
  readonly #sent: Report[] = [];
  #keys = 0;

  constructor(customer: Customer, model: LedgerModel) {
    this.#customer = customer;
    this.model = model;
    this.#holds = new HoldsModel(model);
  }

  setClock(now: number): void {
    this.model.setClock(now);
    this.#customer.world.setClock(new Date(now));
  }

  async play(step: Step): Promise<void> {
    switch (step.do) {
      case "record":
        return this.#parallel([step.batch], []);
      case "parallel":
        return this.#parallel(step.batches, step.voids);
      case "void": {
        const event = fromLast(this.model.events, step.back);
        return event === null ? undefined : this.#void(event);
      }
      case "hold":
        return this.#hold(step);
      case "settle":
        return this.#settle(step);
      case "release":
        return this.#release(step.back);
      case "agree": {
        // Two plans in one instant would have no order.
        this.setClock(this.model.now + 1);
        same((await this.#customer.agree(step.plan)).__typename, "Subscription");
        return this.model.agree(step.plan);
      }
      case "trial": {
        this.setClock(this.model.now + 1);
        const { __typename } = await this.#customer.startTrial(step.plan.toUpperCase());
        same({ step, mayTry: __typename === "Subscription" }, { step, mayTry: this.model.startTrial(step.plan) });
        return;
      }
      case "wait":
        return this.setClock(this.model.now + step.ms);
      case "end":
        return this.setClock(Math.max(this.model.now, this.model.current.end + step.ms));
    }
  }

  async #void({ key }: Event): Promise<void> {
    const { __typename } = await this.#customer.voidEvent(key);
    same({ key, voided: __typename }, { key, voided: this.model.void(key) ? "UsageEvent" : "AlreadyVoided" });
  }

  /** All ask for the same, so whoever of them is first, as many are granted. */
  async #hold({ work, askers, seconds }: Extract<Step, { do: "hold" }>): Promise<void> {
    const answers = await Promise.all(
      Array.from({ length: askers }, () => authorize(this.#customer, { ...work, holdSeconds: seconds })),
    );
    this.#holdIds.push(...answers.flatMap(({ hold }) => hold?.id ?? []));
    const expected = Array.from({ length: askers }, () => {
      const may = this.#holds.ask(work, seconds);
      return { reason: may ? null : "QUOTA_EXCEEDED", left: this.#holds.leftFor(work) };
    });
    const told = answers.map(({ reason, remaining }) => ({ reason, left: leftFrom(remaining, work) }));
    same(told.toSorted(byLeft), expected.toSorted(byLeft));
  }

  async #settle({ back, by, times }: Extract<Step, { do: "settle" }>): Promise<void> {
    const [hold, id] = [fromLast(this.#holds.holds, back), fromLast(this.#holdIds, back)];
    if (hold === null || id === null) return;
    const [report] = this.#reportsOf(
      by === "its work" ? { key: "new", work: hold.work, when: { at: "now" }, times: 1 } : by,
    );
    if (report === undefined) return;
    const answers = await Promise.all(Array.from({ length: times }, () => settle(this.#customer, id, report)));
    this.#sent.push(report);
    same(answers.toSorted(), answers.map(() => this.#holds.settle(hold, report)).toSorted());
  }

  async #release(back: number): Promise<void> {
    const [hold, id] = [fromLast(this.#holds.holds, back), fromLast(this.#holdIds, back)];
    if (hold === null || id === null) return;
    same(await release(this.#customer, id), this.#holds.release(hold) ? "Hold" : "HoldExpired");
  }

  #isAsNow(answer: Answered): boolean {
    return answer.reports.every((report, index) => this.model.statusOf(report) === answer.outcomes[index]?.status);
  }

  /** Sends all at once. In which order they were taken is read from the ledger, where each call that added something stands in one piece. */
  async #parallel(batches: readonly Batch[], voids: readonly number[]): Promise<void> {
    const sent = batches
      .map((batch) => batch.flatMap((entry) => this.#reportsOf(entry)))
      .filter((reports) => reports.length > 0);
    const toVoid = new Set(voids.flatMap((back) => fromLast(this.model.events, back) ?? []));
    const [answers] = await Promise.all([
      Promise.all(sent.map(async (reports) => ({ reports, outcomes: await this.#record(reports) }))),
      // In whatever order with the batches: what is voided in an open period is as if it had never been.
      Promise.all([...toVoid].map(({ key }) => this.#customer.voidEvent(key))),
    ]);
    this.#sent.push(...sent.flat());

    for (const { reports, outcomes } of answers) same(outcomes.map(keyOf), reports.map(keyOf));
    const positions = answers.length < 2 ? new Map<string, number>() : await this.#positions();
    const firstOf = (outcomes: readonly Outcome[]): number =>
      Math.min(
        ...outcomes.flatMap(({ status, idempotencyKey }) =>
          status === "ACCEPTED" ? (positions.get(idempotencyKey) ?? 0) : [],
        ),
      );
    const [adding, idle] = [answers.filter(addsSomething), answers.filter((answer) => !addsSomething(answer))];
    // Those that added nothing may have come anywhere between the others: at one of the places it must have been so.
    let unplaced = idle.filter((answer) => !this.#isAsNow(answer));
    for (const answer of adding.toSorted((a, b) => firstOf(a.outcomes) - firstOf(b.outcomes))) {
      same(statusesOf(answer), this.model.record(answer.reports));
      unplaced = unplaced.filter((left) => !this.#isAsNow(left));
    }
    for (const answer of unplaced)
      same(
        statusesOf(answer),
        answer.reports.map((report) => this.model.statusOf(report)),
      );
    for (const { key } of toVoid) this.model.void(key);
  }

  #record(reports: readonly Report[]): Promise<Outcome[]> {
    return this.#customer.record(reports);
  }

  /** Where each event stands in the order of acceptance. */
  async #positions(): Promise<Map<string, number>> {
    const events = (await this.#customer.events()).toReversed();
    return new Map(events.map(({ idempotencyKey }, index) => [idempotencyKey, index]));
  }

  #reportsOf(entry: Entry): Report[] {
    switch (entry.key) {
      case "new":
        return Array.from({ length: entry.times }, () => {
          this.#keys += 1;
          return { idempotencyKey: `key-${this.#keys}`, ...entry.work, ...this.#at(entry.when) };
        });
      case "again": {
        const report = fromLast(this.#sent, entry.back);
        return report ? [report] : [];
      }
      case "other": {
        const report = fromLast(this.#sent, entry.back);
        return report ? [{ idempotencyKey: report.idempotencyKey, ...entry.work, ...this.#at(entry.when) }] : [];
      }
    }
  }

  #at(when: When): { occurredAt?: string } {
    const { now, current } = this.model;
    switch (when.at) {
      case "now":
        return {};
      case "back":
        return { occurredAt: new Date(now - when.ms).toISOString() };
      case "forth":
        return { occurredAt: new Date(now + when.ms).toISOString() };
      case "start":
        return { occurredAt: new Date(current.start + when.ms).toISOString() };
      case "end":
        return { occurredAt: new Date(current.end + when.ms).toISOString() };
    }
  }
}

/** What the product said is what the model says. */
function same(found: unknown, expected: unknown): void {
  expect(found).toEqual(expected);
}

/** The one that lies so many before the last, going round; null when there is none. */
const fromLast = <T>(all: readonly T[], back: number): T | null => all.at(-1 - (back % all.length)) ?? null;

/** The reports of one call, and what was said of each. */
type Answered = { readonly reports: readonly Report[]; readonly outcomes: readonly Outcome[] };

const keyOf = ({ idempotencyKey }: { readonly idempotencyKey: string }): string => idempotencyKey;
const addsSomething = ({ outcomes }: Answered): boolean => outcomes.some(({ status }) => status === "ACCEPTED");
const statusesOf = ({ outcomes }: Answered): Outcome["status"][] => outcomes.map(({ status }) => status);

const leftFrom = (remaining: string | null, { action }: { action: Report["action"] }): bigint | null =>
  remaining === null ? null : quantityFrom(remaining, meterOf[action]);

type Told = { readonly reason: string | null; readonly left: bigint | null };
const byLeft = (a: Told, b: Told): number =>
  Number((a.left ?? 0n) - (b.left ?? 0n)) || String(a.reason).localeCompare(String(b.reason));
