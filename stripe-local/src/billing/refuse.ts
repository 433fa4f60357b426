import { StripeError } from "../http/stripe-error.ts";

/** A 400 that says in words what cannot be done; Stripe has no code for most of them. */
export const refuse = (message: string, param?: string, code?: string): StripeError =>
  new StripeError(message, { ...(param === undefined ? {} : { param }), ...(code === undefined ? {} : { code }) });
