import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../kernel/clock.ts";
import { hashSecret } from "../platform/crypto/secret.ts";
import { networkOf } from "../platform/http/network.ts";
import { mustBeAllowed } from "../platform/rate-limits/must-be-allowed.ts";
import type { RateLimit, Taken } from "../platform/rate-limits/rate-limits.ts";
import type { Scope } from "../platform/scope.ts";
import type { Answerable } from "./open-session.ts";

/** How many attempts are allowed in a span of real time: against one account, and from one address. */
type Limit = { readonly perAccount: number; readonly perAddress: number; readonly spanMs: number };

const limits = {
  /** Log-ins and everything else that asks for the present password. Only failures stay counted. */
  logIn: { perAccount: 10, perAddress: 100, spanMs: 15 * MINUTE_MS },
  /** Each one may send a mail to somebody. */
  passwordReset: { perAccount: 5, perAddress: 30, spanMs: HOUR_MS },
  /** Opening a mailed link; only failures stay counted. The account is the link. */
  link: { perAccount: 20, perAddress: 60, spanMs: 15 * MINUTE_MS },
} as const satisfies Record<string, Limit>;

export type Throttled = keyof typeof limits;

/** An attempt that was counted. */
export type Attempt = {
  /** It was no guess: the account starts anew, and the address gets its attempt back. */
  succeeded(): Promise<void>;
};

/**
 * Counts an attempt before it is made, so that many at once are counted too.
 *
 * @throws EdgeFault RATE_LIMITED with `retryAfterSeconds`, and the header, when there were too many
 */
export async function countAttempt(scope: Answerable, kind: Throttled, account: string): Promise<Attempt> {
  const fromAddress = await take(scope, addressLimit(kind, scope.origin.address));
  await take(scope, accountLimit(kind, account));
  return {
    succeeded: async () => {
      await forgetAttempts(scope, kind, account);
      await fromAddress.giveBack();
    },
  };
}

/** Forgets the attempts against an account, once its owner has proved who they are in another way. */
export const forgetAttempts = ({ platform }: Scope, kind: Throttled, account: string): Promise<void> =>
  platform.rateLimits.forget(accountLimit(kind, account));

const addressLimit = (kind: Throttled, address: string): RateLimit => ({
  owner: networkOf(address),
  name: `${kind}.address`,
  most: limits[kind].perAddress,
  spanSeconds: limits[kind].spanMs / SECOND_MS,
});

/** Counters may lie outside of this process, so they do not tell who has an account. */
const accountLimit = (kind: Throttled, account: string): RateLimit => ({
  owner: hashSecret(account),
  name: `${kind}.account`,
  most: limits[kind].perAccount,
  spanSeconds: limits[kind].spanMs / SECOND_MS,
});

async function take({ platform }: Scope, limit: RateLimit): Promise<Taken> {
  const taken = await platform.rateLimits.take(limit);
  mustBeAllowed(taken, "Too many attempts.");
  return taken;
}
