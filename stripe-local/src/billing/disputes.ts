import type { Call } from "../http/call.ts";
import { invalid, noSuch } from "../http/stripe-error.ts";
import type { Charge } from "../objects/charge.ts";
import { type Dispute, newDispute } from "../objects/dispute.ts";
import { emitUpdate } from "./present.ts";

/** The bank takes a charge back. */
export function openDispute(call: Call, before: Charge, brand: string): Dispute {
  const dispute = newDispute(call.newId("du"), call.now, before, brand);
  const charge: Charge = { ...before, disputed: true };
  call.store.put(charge);
  call.store.put(dispute, { customer: charge.customer });
  emitUpdate(call, "charge.updated", before, charge);
  call.emit("charge.dispute.created", dispute);
  call.emit("charge.dispute.funds_withdrawn", dispute);
  return dispute;
}

/**
 * Ends a dispute.
 *
 * @throws StripeError when there is none or it is over
 */
export function closeDispute(call: Call, id: string, status: "won" | "lost"): Dispute {
  const before = call.store.get<Dispute>("dispute", id);
  if (!before) throw noSuch("dispute", id);
  if (before.status !== "needs_response") throw invalid("id", "This dispute is already closed.", "dispute_closed");
  const dispute: Dispute = { ...before, status };
  call.store.put(dispute);
  emitUpdate(call, "charge.dispute.updated", before, dispute);
  if (status === "won") call.emit("charge.dispute.funds_reinstated", dispute);
  call.emit("charge.dispute.closed", dispute);
  return dispute;
}
