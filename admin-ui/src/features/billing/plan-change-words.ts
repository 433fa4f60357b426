import { isZero } from "../../lib/decimal";
import { formatDay, formatInstant } from "../../lib/instant";
import { formatAmount } from "../../lib/money";
import type { Preview } from "./plan-preview";

type Change = Pick<Preview, "kind" | "plan" | "effectiveAt" | "dueNow" | "needsPaymentMethod">;

/** What the change does and when, in one to three sentences. @param from the name of the present plan */
export function consequencesOf(change: Change, from: string, card: string | null): readonly string[] {
  const { kind, plan, effectiveAt } = change;
  const at = formatInstant(effectiveAt);
  switch (kind) {
    case "START":
      return [
        `${plan.name} starts as soon as the first month is paid. Until then you stay on ${from}.`,
        change.needsPaymentMethod
          ? "The next page is Stripe's: the card is entered there and never reaches us."
          : `It is charged to ${card ?? "the card on file"}.`,
      ];
    case "UPGRADE":
      return [
        `${plan.name} starts as soon as it is paid: for the rest of the period you pay the difference, to the second.`,
        "Units used so far carry over; the larger allowance holds for the whole period.",
        card ? `It is charged to ${card}.` : "It is charged to the card on file.",
      ];
    case "DOWNGRADE":
      return [
        `${from} stays until ${at}, then ${plan.name} follows. Nothing is paid now, and it can be taken back until then.`,
        `Usage past the allowance until then is billed at the period's end.`,
      ];
    case "TRIAL":
      return [
        `The trial goes on as it is until ${at}. Then ${plan.name} follows when there is a payment method, otherwise Free.`,
        "Nothing is paid now.",
      ];
  }
}

/** The button repeats what happens, with the amount. */
export function verbOf({ kind, plan, effectiveAt, dueNow, needsPaymentMethod }: Change): string {
  const amount = formatAmount(dueNow);
  switch (kind) {
    case "START":
      return needsPaymentMethod ? `Continue to payment of ${amount}` : `Pay ${amount} and start`;
    case "UPGRADE":
      return isZero(dueNow.amount) ? "Upgrade, nothing to pay now" : `Pay ${amount} and upgrade`;
    case "DOWNGRADE":
      return `Schedule for ${formatDay(effectiveAt)}`;
    case "TRIAL":
      return `Go on with ${plan.name}`;
  }
}

/** What is said once the server has said that it is done. */
export function doneWords({ kind, plan, effectiveAt }: Change): string {
  switch (kind) {
    case "START":
    case "UPGRADE":
      return `Paid. ${plan.name} is in force.`;
    case "DOWNGRADE":
      return `${plan.name} follows on ${formatDay(effectiveAt)}.`;
    case "TRIAL":
      return `After the trial: ${plan.name}.`;
  }
}
