// Who may start and what is kept back for them, beside the ledger's model and as plain: what is held is added up anew from
// the list of holds whenever it is asked.
import type { LedgerModel, Status } from "./ledger-model.ts";
import { type Meter, meters, type Report, unitsOf } from "./terms.ts";

type Work = Omit<Report, "idempotencyKey" | "occurredAt">;

type Hold = {
  readonly work: Work;
  readonly expiresAt: number;
  ended: "no" | "released" | "settled";
  settledBy: string | null;
};

/** The meter whose rest an asker is told. */
export const meterOf = {
  GENERATION: "generations",
  API_CALL: "api_calls",
  VALIDATION: "compute",
  EXPORT: "compute",
} as const;

/** One organization's holds. */
export class HoldsModel {
  readonly #ledger: LedgerModel;
  /** In the order they were placed. */
  readonly holds: Hold[] = [];

  constructor(ledger: LedgerModel) {
    this.#ledger = ledger;
  }

  /** May the work start? If so, its units are held. */
  ask(work: Work, seconds: number): boolean {
    const may = this.#ledger.current.plan !== "free" || meters.every((meter) => this.#fits(work, meter));
    if (may) this.holds.push({ work, expiresAt: this.#ledger.now + seconds * 1_000, ended: "no", settledBy: null });
    return may;
  }

  #fits(work: Work, meter: Meter): boolean {
    const left = this.#leftOf(meter);
    if (left === null) return true;
    // Nobody knows how long it will take: some of the minutes must be left.
    if (meter === "compute" && meterOf[work.action] === "compute" && (work.computeTimeMs ?? null) === null)
      return left > 0n;
    const units = unitsOf({ idempotencyKey: "", ...work })[meter];
    return units === 0n || units <= left;
  }

  /** What an asker is told is left of the work's own meter; null: unlimited. */
  leftFor({ action }: Work): bigint | null {
    const left = this.#leftOf(meterOf[action]);
    return left !== null && left < 0n ? 0n : left;
  }

  #leftOf(meter: Meter): bigint | null {
    const quota = this.#ledger.quotaOf(meter);
    if (quota === null) return null;
    const held = this.holds
      .filter((hold) => this.#stateOf(hold) === "placed")
      .reduce((sum, { work }) => sum + unitsOf({ idempotencyKey: "", ...work })[meter], 0n);
    return quota.remaining - held;
  }

  #stateOf(hold: Hold): "placed" | "expired" | "released" | "settled" {
    if (hold.ended !== "no") return hold.ended;
    return hold.expiresAt <= this.#ledger.now ? "expired" : "placed";
  }

  /** @returns what became of the event; or that the hold had ended, and nothing was recorded */
  settle(hold: Hold, report: Report): Status | "ENDED" {
    const state = this.#stateOf(hold);
    if (state === "settled" && hold.settledBy !== report.idempotencyKey) return "CONFLICT";
    if (state === "expired" || state === "released") return "ENDED";
    if (report.action !== hold.work.action) return "REJECTED";
    const [status] = this.#ledger.record([report]);
    if (state === "placed" && (status === "ACCEPTED" || status === "DUPLICATE"))
      Object.assign(hold, { ended: "settled", settledBy: report.idempotencyKey });
    return status!;
  }

  /** @returns whether it is released now; once it is, that may be asked again */
  release(hold: Hold): boolean {
    const state = this.#stateOf(hold);
    if (state === "placed") hold.ended = "released";
    return state === "placed" || state === "released";
  }
}
