import Stripe from "stripe";
import type { Platform } from "../platform/scope.ts";
import { patientHttpClient } from "./stripe-patience.ts";

/** The version that requests ask for and events must have. It moves with the library, which is pinned for that. */
export const STRIPE_VERSION = "2026-10-28.endive";

const TIMEOUT_MS = 20_000;

/** The library repeats what failed on the way, with the same idempotency key. */
const NETWORK_RETRIES = 2;

const clients = new WeakMap<Platform, Stripe>();

/** Stripe, or the stand-in: the same library and the same calls. */
export function stripeOf(platform: Platform): Stripe {
  const known = clients.get(platform);
  if (known) return known;
  const { secretKey, apiBase } = platform.config.stripe;
  const base = apiBase === null ? null : new URL(apiBase);
  const client = new Stripe(secretKey, {
    apiVersion: STRIPE_VERSION,
    timeout: TIMEOUT_MS,
    maxNetworkRetries: NETWORK_RETRIES,
    telemetry: false,
    httpClient: patientHttpClient(),
    ...(base && {
      host: base.hostname,
      port: base.port === "" ? (base.protocol === "https:" ? 443 : 80) : Number(base.port),
      protocol: base.protocol === "https:" ? ("https" as const) : ("http" as const),
    }),
  });
  clients.set(platform, client);
  return client;
}

/** What a failed call means: `refused` will fail the same way again, the others may succeed when repeated. */
export type CallFault = { readonly kind: "refused" | "later"; readonly code: string | null; readonly message: string };

/** Classes a failure of the library's. @returns null when it did not come from a call to Stripe */
export function callFault(error: unknown): CallFault | null {
  if (!(error instanceof Stripe.errors.StripeError)) return null;
  const later =
    error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeRateLimitError ||
    (error.statusCode ?? 500) >= 500 ||
    error.statusCode === 409 ||
    error.statusCode === 429;
  // A wrong key is a fault of the operator's that a repetition after its repair cures.
  const unauthorized = error.statusCode === 401 || error.statusCode === 403;
  return { kind: later || unauthorized ? "later" : "refused", code: error.code ?? null, message: error.message };
}

/** Unix seconds, as Stripe tells time. */
export const unixOf = (instant: Date): number => Math.floor(instant.getTime() / 1000);
export const instantOf = (seconds: number): Date => new Date(seconds * 1000);
export const instantOfOrNull = (seconds: number | null | undefined): Date | null =>
  seconds === null || seconds === undefined ? null : instantOf(seconds);

/**
 * Whole minor units as Stripe takes them, a number in JSON.
 *
 * @throws RangeError beyond what such a number holds exactly
 */
export function stripeAmount(minor: bigint): number {
  const amount = Number(minor);
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${minor} minor units are more than Stripe takes`);
  return amount;
}

/** The id of something that Stripe gives as an id or, expanded, as an object. */
export const idOf = (value: string | { id: string } | null | undefined): string | null =>
  value === null || value === undefined ? null : typeof value === "string" ? value : value.id;

/** What a call finds; null when Stripe says that there is no such object. */
export async function present<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (callFault(error)?.code === "resource_missing") return null;
    throw error;
  }
}
