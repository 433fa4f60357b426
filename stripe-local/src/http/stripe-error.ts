/** Stripe's classes of errors. */
export type ErrorType =
  | "api_error"
  | "authentication_error"
  | "card_error"
  | "idempotency_error"
  | "invalid_request_error"
  | "rate_limit_error";

type Details = {
  readonly status?: number;
  readonly type?: ErrorType;
  readonly code?: string;
  readonly param?: string;
  readonly declineCode?: string;
  /** The whole object, as it then stands in the envelope. */
  readonly paymentIntent?: object;
  readonly setupIntent?: object;
  readonly paymentMethod?: object;
  /** The id of the charge that failed. */
  readonly charge?: string;
  /** Whether what was done before the throw stays: a declined payment leaves its attempt behind. */
  readonly keepsChanges?: boolean;
};

/**
 * An answer in Stripe's error envelope.
 *
 * Thrown by a handler it takes back all that the request did, unless `keepsChanges` says otherwise.
 */
export class StripeError extends Error {
  override readonly name = "StripeError";
  readonly status: number;
  readonly type: ErrorType;
  readonly code: string | null;
  readonly param: string | null;
  readonly declineCode: string | null;
  readonly paymentIntent: object | null;
  readonly setupIntent: object | null;
  readonly paymentMethod: object | null;
  readonly charge: string | null;
  readonly keepsChanges: boolean;

  constructor(message: string, details: Details = {}) {
    super(message);
    this.type = details.type ?? "invalid_request_error";
    this.status = details.status ?? (this.type === "card_error" ? 402 : 400);
    this.code = details.code ?? null;
    this.param = details.param ?? null;
    this.declineCode = details.declineCode ?? null;
    this.paymentIntent = details.paymentIntent ?? null;
    this.setupIntent = details.setupIntent ?? null;
    this.paymentMethod = details.paymentMethod ?? null;
    this.charge = details.charge ?? null;
    this.keepsChanges = details.keepsChanges ?? false;
  }
}

/**
 * A 404, as Stripe words it: No such customer: 'cus_1'.
 *
 * @param noun the kind in words, for instance "customer"
 * @param param the parameter that named it; "id" when the path did
 */
export const noSuch = (noun: string, id: string, param = "id"): StripeError =>
  new StripeError(`No such ${noun}: '${id}'`, { status: param === "id" ? 404 : 400, code: "resource_missing", param });

/** A 400 for a parameter that this request needs. */
export const missing = (param: string): StripeError =>
  new StripeError(`Missing required param: ${param}.`, { code: "parameter_missing", param });

/** A 400 for a parameter whose value cannot be. */
export const invalid = (param: string, message: string, code = "parameter_invalid"): StripeError =>
  new StripeError(message, { code, param });
