import { Refusal } from "../kernel/refusal.ts";

/** The organization had its one trial. */
export class TrialAlreadyUsed extends Refusal {
  constructor() {
    super("The trial of 14 days can be used once, and this organization has used it.");
  }
}

/** There is nothing to change: the organization has the plan already. */
export class AlreadyOnPlan extends Refusal {
  constructor(plan: string) {
    super(`The organization is on ${plan} already.`);
  }
}

/** The agreed price is below what the plan allows. */
export class PriceTooLow extends Refusal {
  constructor(plan: string, least: string) {
    super(`${plan} is agreed from $${least} a month.`);
  }
}
