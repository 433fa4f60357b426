import { ParamFault } from "../contract/read-params.ts";
import { StripeError } from "./stripe-error.ts";

/** An answer as it goes out and, under an idempotency key, as it is kept. */
export type Answer = { readonly status: number; readonly body: string };

/** Any error as the one that the caller gets to see; what is not ours to tell becomes a 500. */
export function asStripeError(error: unknown): StripeError {
  if (error instanceof StripeError) return error;
  if (error instanceof ParamFault) {
    return new StripeError(error.message, { param: error.param, ...(error.code === null ? {} : { code: error.code }) });
  }
  return new StripeError("An unknown error occurred", { type: "api_error", status: 500 });
}

/** Stripe's envelope: what does not apply is left out. */
export function errorAnswer(error: StripeError): Answer {
  const { code, param, declineCode, charge, paymentIntent, setupIntent, paymentMethod } = error;
  const details = {
    charge,
    code,
    decline_code: declineCode,
    doc_url: code === null ? null : `https://docs.stripe.com/error-codes#${code.replaceAll("_", "-")}`,
    message: error.message,
    param,
    payment_intent: paymentIntent,
    payment_method: paymentMethod,
    setup_intent: setupIntent,
    type: error.type,
  };
  const told = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== null));
  return { status: error.status, body: JSON.stringify({ error: told }) };
}
