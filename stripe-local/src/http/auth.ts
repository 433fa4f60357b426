import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { StripeError } from "./stripe-error.ts";

const LIVE = /^(sk|rk|pk)_live_/;

/** Whether a key would move real money. */
export const isLiveKey = (key: string): boolean => LIVE.test(key);

/**
 * Lets requests through that bring the stand-in's key, as bearer or as the user of basic authentication.
 *
 * @throws StripeError 401
 */
export function checkKey(request: FastifyRequest, secretKey: string): void {
  const key = keyOf(request.headers.authorization ?? "");
  if (key === null) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  if (isLiveKey(key)) {
    throw unauthorized(
      "stripe-local never accepts a live key: no money moves here. Use the test key it was started with.",
    );
  }
  if (!isSame(key, secretKey)) throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
}

function keyOf(header: string): string | null {
  const [scheme = "", value = ""] = header.trim().split(/\s+/);
  if (/^bearer$/i.test(scheme)) return value || null;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, "base64").toString().split(":")[0] || null;
  return null;
}

const digest = (text: string) => createHash("sha256").update(text).digest();
const isSame = (a: string, b: string) => timingSafeEqual(digest(a), digest(b));
const masked = (key: string) => `${key.slice(0, 8)}${"*".repeat(Math.max(4, key.length - 12))}${key.slice(-4)}`;

const unauthorized = (message: string): StripeError => new StripeError(message, { status: 401 });
