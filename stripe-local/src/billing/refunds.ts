import type { Call } from "../http/call.ts";
import { noSuch, StripeError } from "../http/stripe-error.ts";
import { mergeMetadata } from "../objects/change.ts";
import type { Charge } from "../objects/charge.ts";
import { cardOf } from "../objects/payment-method.ts";
import { newRefund, type Refund, type RefundReason } from "../objects/refund.ts";
import type { Metadata } from "../objects/subscription.ts";
import { emitUpdate } from "./present.ts";
import { readPaymentIntent, readPaymentMethod } from "./read.ts";
import { refuse } from "./refuse.ts";

/** How long the bank takes with a refund that it does not answer at once. */
const SETTLING = 60;

export type RefundParams = {
  amount?: number;
  charge?: string;
  metadata?: Metadata | "";
  payment_intent?: string;
  reason?: RefundReason;
};

/**
 * Gives money back to the card that it came from.
 *
 * @throws StripeError when that is more than what is left of the charge
 */
export function createRefund(call: Call, params: RefundParams): Refund {
  const charge = chargeOf(call, params);
  const left = charge.amount_captured - charge.amount_refunded;
  if (charge.status !== "succeeded") throw refuse(`Charge ${charge.id} has not succeeded.`, "charge");
  if (charge.disputed) {
    throw refuse(`Charge ${charge.id} has been charged back; cannot issue a refund.`, "charge", "charge_disputed");
  }
  if (left === 0) throw refuse(`Charge ${charge.id} has already been refunded.`, "charge", "charge_already_refunded");
  const amount = params.amount ?? left;
  if (amount <= 0) throw refuse("Invalid positive integer", "amount", "parameter_invalid_integer");
  if (amount > left) {
    throw refuse(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, "amount");
  }
  const card = cardOf(readPaymentMethod(call, charge.payment_method));
  const refund = newRefund({
    id: call.newId("re"),
    amount,
    charge: charge.id,
    created: call.now,
    currency: charge.currency,
    customer: charge.customer,
    metadata: mergeMetadata({}, params.metadata ?? {}),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: params.reason ?? null,
    status: card.refund === "succeeds_later" ? "pending" : "succeeded",
    ...(card.refund === "succeeds_later" ? { pending_reason: "processing" } : {}),
  });
  call.store.put(refund, { due: card.refund === "succeeds" ? null : call.now + SETTLING });
  changeRefunded(call, charge, amount, "charge.refunded");
  call.emit("refund.created", refund);
  return refund;
}

function chargeOf(call: Call, { charge: id, payment_intent }: RefundParams): Charge {
  if ((id === undefined) === (payment_intent === undefined)) {
    throw new StripeError(
      "One of the following params should be provided for this request: payment_intent or charge.",
      {
        code: "parameter_missing",
      },
    );
  }
  if (id !== undefined) return readCharge(call, id, "charge");
  const { latest_charge } = readPaymentIntent(call, String(payment_intent), "payment_intent");
  if (latest_charge === null) {
    throw refuse("This PaymentIntent does not have a successful charge to refund.", "payment_intent");
  }
  return readCharge(call, latest_charge, "payment_intent");
}

function readCharge({ store }: Call, id: string, param = "id"): Charge {
  const charge = store.get<Charge>("charge", id);
  if (!charge) throw noSuch("charge", id, param);
  return charge;
}

function changeRefunded(call: Call, before: Charge, amount: number, type: string): void {
  const amount_refunded = before.amount_refunded + amount;
  const charge: Charge = { ...before, amount_refunded, refunded: amount_refunded === before.amount_captured };
  call.store.put(charge);
  emitUpdate(call, type, before, charge);
}

/** The bank answers at last: the money has arrived, or comes back. */
export function settleRefund(call: Call, id: string): void {
  const before = call.store.get<Refund>("refund", id);
  if (!before) return;
  if (before.status === "pending") {
    const { pending_reason: _reason, ...rest } = before;
    changeRefund(call, before, { ...rest, status: "succeeded" });
    return;
  }
  const failed: Refund = { ...before, failure_reason: "expired_or_canceled_card", status: "failed" };
  changeRefund(call, before, failed);
  changeRefunded(call, readCharge(call, before.charge), -before.amount, "charge.updated");
  call.emit("refund.failed", failed);
}

export function changeRefund(call: Call, before: Refund, after: Refund): Refund {
  call.store.put(after, { due: null });
  emitUpdate(call, "refund.updated", before, after);
  emitUpdate(call, "charge.refund.updated", before, after);
  return after;
}
