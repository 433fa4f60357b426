import type { Config } from "../platform/config.ts";

/** A page of Stripe's dashboard; null with the stand-in, which has none. */
export function dashboardUrl({ stripe }: Config, path: string): string | null {
  if (stripe.standIn !== null) return null;
  const mode = stripe.secretKey.includes("_live_") ? "" : "test/";
  return `https://dashboard.stripe.com/${mode}${path}`;
}
