import { isIPv6 } from "node:net";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../kernel/clock.ts";
import { EdgeFault } from "../platform/graphql/errors.ts";
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

const counter = (points: number, spanMs: number): RateLimiterMemory =>
  new RateLimiterMemory({ points, duration: spanMs / SECOND_MS });

const counters = Object.fromEntries(
  Object.entries(limits).map(([kind, { perAccount, perAddress, spanMs }]) => [
    kind,
    { account: counter(perAccount, spanMs), address: counter(perAddress, spanMs) },
  ]),
) as Readonly<Record<Throttled, { account: RateLimiterMemory; address: RateLimiterMemory }>>;

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
  const { account: accounts, address: addresses } = counters[kind];
  const network = networkOf(scope.origin.address);
  await consume(scope, addresses, network);
  await consume(scope, accounts, account);
  return {
    succeeded: async () => {
      await accounts.delete(account);
      await addresses.reward(network);
    },
  };
}

/** Forgets the attempts against an account, once its owner has proved who they are in another way. */
export async function forgetAttempts(kind: Throttled, account: string): Promise<void> {
  await counters[kind].account.delete(account);
}

async function consume({ reply }: Answerable, limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const retryAfterSeconds = Math.max(1, Math.ceil(refused.msBeforeNext / SECOND_MS));
    void reply?.header("retry-after", String(retryAfterSeconds));
    throw new EdgeFault("RATE_LIMITED", `Too many attempts. Try again in ${retryAfterSeconds} seconds.`, {
      retryAfterSeconds,
    });
  }
}

/** What one customer of a network provider holds: an IPv4 address, or the first 64 bits of an IPv6 one. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = (address.toLowerCase().split("%")[0] ?? "").split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => "0");
  return [...front, ...zeros, ...back].slice(0, 4).join(":");
}
