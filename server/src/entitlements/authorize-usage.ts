import { Gathering } from "../platform/gathering.ts";
import { notFound } from "../platform/graphql/errors.ts";
import type { Platform } from "../platform/scope.ts";
import type { RateLimit, Taken } from "../platform/rate-limits/rate-limits.ts";
import type { UsageAction } from "../usage/usage-event.ts";
import {
  type Ask,
  type Decided,
  decideAndHold,
  type DecidedAnswer,
  decideOnly,
  unknownOrganization,
} from "./decide-together.ts";
import { countDecision } from "./decision-counts.ts";

/** Rounds at once. Two would be smaller ones, with twice as many commits. */
const LANES = 1;
/** Asks of one round at most, so that a round stays short. */
const MOST = 256;
/** Plans tell limits on the rate by the minute. */
const MINUTE_SECONDS = 60;

/** May the work start, and what the limit on its rate says. */
export type Decision = Decided & { readonly rate: Taken | null };

type Gatherings = { readonly only: Gathering<Ask, DecidedAnswer>; readonly hold: Gathering<Ask, DecidedAnswer> };

const made = new WeakMap<Platform, Gatherings>();

function gatheringsOf(platform: Platform): Gatherings {
  const known = made.get(platform);
  if (known) return known;
  const rules = { ownerOf: ({ organizationId }: Ask) => organizationId, lanes: LANES, most: MOST };
  const fresh = {
    only: new Gathering<Ask, DecidedAnswer>({ ...rules, answer: (asks, inLane) => decideOnly(platform, asks, inLane) }),
    hold: new Gathering<Ask, DecidedAnswer>({
      ...rules,
      answer: (asks, inLane) => decideAndHold(platform, asks, inLane),
    }),
  };
  made.set(platform, fresh);
  return fresh;
}

/**
 * May this work start? Subscription, rights, quota, spending cap and rate in one answer.
 *
 * With `holdMs` a yes is final: the units are kept for the caller until the hold ends, and however
 * many ask at once, on however many servers, no more is promised than there is. Without it the
 * answer tells how things stand and promises nothing.
 *
 * A limit on the rate counts what was allowed, not what was asked: a caller without quota is told so,
 * however often they ask.
 *
 * @throws EdgeFault NOT_FOUND when there is no such organization
 */
export async function authorizeUsage(platform: Platform, ask: Ask): Promise<Decision> {
  const decision = await decideWithin(platform, ask);
  countDecision(platform, ask.organizationId, ask.work.action, decision.reason);
  return decision;
}

async function decideWithin(platform: Platform, ask: Ask, mayAskAgain = true): Promise<Decision> {
  const { only, hold } = gatheringsOf(platform);
  const { ratePerMinute } = knownRates.get(ask.organizationId) ?? remembered(ask, await only.ask(ask));
  const limit = rateLimitOf(ratePerMinute, ask);
  // Taken before the transaction: no limiter elsewhere is asked while one waits.
  const rate = limit && (await platform.rateLimits.take(limit));
  if (rate && !rate.allowed) {
    const told = remembered(ask, await only.ask(ask));
    // The plan has changed since its rates were last seen.
    if (told.ratePerMinute !== ratePerMinute && mayAskAgain) return decideWithin(platform, ask, false);
    return { ...told, reason: told.reason ?? "RATE_LIMITED", rate };
  }
  const decided = await (ask.holdMs === null ? only : hold).ask(ask).catch((error: unknown) => {
    void rate?.giveBack();
    throw error;
  });
  if (decided === unknownOrganization || decided.reason !== null) await rate?.giveBack();
  return { ...remembered(ask, decided), rate };
}

/** Rates of organizations that asked lately. Each decision brings those that hold now, so at most one goes by old ones. */
const knownRates = new Map<string, Pick<Decided, "ratePerMinute">>();
const MOST_KNOWN = 50_000;

/** @throws EdgeFault NOT_FOUND */
function remembered({ organizationId }: Ask, decided: DecidedAnswer): Decided {
  if (decided === unknownOrganization) throw notFound("The organization");
  if (knownRates.size >= MOST_KNOWN && !knownRates.has(organizationId)) {
    for (const [oldest] of knownRates) {
      knownRates.delete(oldest);
      break;
    }
  }
  knownRates.set(organizationId, { ratePerMinute: decided.ratePerMinute });
  return decided;
}

/** The meter whose rate an action counts against; other actions have none. */
const ratedMeter: Readonly<Partial<Record<UsageAction, string>>> = { GENERATION: "generations", API_CALL: "api_calls" };

/** The limit on how often this may start; one start counts once, whatever its quantity. */
function rateLimitOf(ratePerMinute: Decided["ratePerMinute"], { organizationId, work }: Ask): RateLimit | null {
  const name = ratedMeter[work.action];
  const perMinute = name === undefined ? undefined : ratePerMinute[name];
  if (name === undefined || perMinute === undefined) return null;
  return { owner: organizationId, name, most: perMinute, spanSeconds: MINUTE_SECONDS };
}
