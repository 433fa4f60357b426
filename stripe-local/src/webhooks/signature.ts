import { createHmac } from "node:crypto";

/**
 * The `Stripe-Signature` header of a delivery.
 *
 * @param timestamp unix seconds of the machine, whatever the sandbox's clock says: receivers refuse what is old
 */
export function signatureOf(payload: string, secret: string, timestamp: number): string {
  const signed = createHmac("sha256", secret).update(`${timestamp}.${payload}`).digest("hex");
  return `t=${timestamp},v1=${signed}`;
}
