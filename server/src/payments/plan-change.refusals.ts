import { Refusal } from "../kernel/refusal.ts";

/** What is in use is more than the smaller plan holds; it may be changed all the same when that is confirmed. */
export class UsageDoesNotFit extends Refusal {
  readonly reasons: readonly string[];

  constructor(plan: string, reasons: readonly string[]) {
    super(
      `What is in use does not fit ${plan}: ${reasons.join("; ")}. Use less, or confirm that you want it all the same.`,
    );
    this.reasons = reasons;
  }
}

/** Nothing was paid, so nothing has changed. */
export class PaymentFailed extends Refusal {
  /** Where it can be paid, or a card entered. */
  readonly hostedUrl: string | null;

  constructor(message: string, hostedUrl: string | null) {
    super(message);
    this.hostedUrl = hostedUrl;
  }
}

/** There is nothing to cancel, or nothing to take back. */
export class NothingToCancel extends Refusal {}

/** There is no running paid subscription to pause. */
export class NothingToPause extends Refusal {}

/** The money-back guarantee does not hold, any more or yet. */
export class MoneyBackNotDue extends Refusal {}
